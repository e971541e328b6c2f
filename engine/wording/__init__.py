"""What prompts say, without torch: weights, chunks, tokens counted, wildcards."""
