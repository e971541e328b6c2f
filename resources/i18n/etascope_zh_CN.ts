<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Engine</name>
    <message>
        <location filename="../../engine/compare/words.py"/>
        <source>1 call</source>
        <translation>调用 1 次</translation>
    </message>
    <message>
        <location filename="../../engine/compare/words.py"/>
        <source>1 step</source>
        <translation>1 步</translation>
    </message>
    <message>
        <location filename="../../engine/path.py"/>
        <source>A branch keeps the {name} of the picture it leaves.</source>
        <translation>分支须沿用原图的{name}。</translation>
    </message>
    <message>
        <location filename="../../engine/path.py"/>
        <source>A branch leaves at step 0 to {value}, not {step}.</source>
        <translation>分支须始于第 0 到 {value} 步，而非 {step}。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>A file of {what} is gone.</source>
        <translation>{what} 的一个文件已不存在。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/store.py"/>
        <source>A gallery cannot be called {name}: {fault}.</source>
        <translation>画廊不能叫 {name}：{fault}。</translation>
    </message>
    <message>
        <location filename="../../engine/draft.py"/>
        <source>A negative prompt needs a guidance above 1 to have an effect.</source>
        <translation>反向提示词须在引导强度大于 1 时才起作用。</translation>
    </message>
    <message>
        <location filename="../../engine/export/moving.py"/>
        <source>A path that is kept is not that of its picture.</source>
        <translation>保留的一条轨迹与其图片不符。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/query.py"/>
        <source>A picture is {states}, not {name}.</source>
        <translation>图片状态只有 {states}，没有 {name}。</translation>
    </message>
    <message>
        <location filename="../../engine/errors.py"/>
        <source>A picture of {width} x {height} should fit; or close other programs.</source>
        <translation>{width} x {height} 的图片应该放得下；也可以关闭其他程序。</translation>
    </message>
    <message>
        <location filename="../../engine/notices.py"/>
        <source>A smaller model would be faster.</source>
        <translation>较小的模型会更快。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>A web page came from {host} instead of what was asked for.</source>
        <translation>{host} 返回的是网页，不是所请求的内容。</translation>
    </message>
    <message>
        <location filename="../../engine/library/folders.py"/>
        <source>Add the folder that the models are in, such as {place}.</source>
        <translation>请添加模型所在的文件夹，例如 {place}。</translation>
    </message>
    <message>
        <location filename="../../engine/library/folders.py"/>
        <source>Add the folder that the models are in.</source>
        <translation>请添加模型所在的文件夹。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>Agree on its page, {host}/{repository}, and give Etascope your token.</source>
        <translation>请在其页面 {host}/{repository} 上同意许可，并向 Etascope 提供令牌。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/index.py"/>
        <source>Another Etascope has the galleries open.</source>
        <translation>另一个 Etascope 正打开着画廊。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/database.py"/>
        <source>Another Etascope is making the index of the galleries.</source>
        <translation>另一个 Etascope 正在建立画廊索引。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/database.py"/>
        <source>Another program holds the index.</source>
        <translation>另一个程序占用着索引。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/marks.py"/>
        <source>Another program is writing the marks of {folder}.</source>
        <translation>另一个程序正在写入 {folder} 的标记。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/choosing.py"/>
        <source>Ask for one of them as owner/name/FILE: {names}{more}.</source>
        <translation>请以 owner/name/文件名 的形式指定其一：{names}{more}。</translation>
    </message>
    <message>
        <location filename="../../engine/library/pickled.py"/>
        <source>Ask its author for a .safetensors file.</source>
        <translation>请向作者索取 .safetensors 文件。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/decoding.py"/>
        <source>Ask its owner for permission.</source>
        <translation>请向其所有者申请权限。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/decoding.py"/>
        <source>At most {value} MB are read.</source>
        <translation>最多读取 {value} MB。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/formats/prompting.py"/>
        <source>Braces and :: weigh words in NovelAI; here they are read as text.</source>
        <translation>花括号和 :: 在 NovelAI 中用于加权；在这里按普通文字读取。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/listing.py"/>
        <source>Check it.</source>
        <translation>请检查。</translation>
    </message>
    <message>
        <location filename="../../engine/library/__init__.py"/>
        <source>Check its name.</source>
        <translation>请检查名称。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/decoding.py"/>
        <source>Check the name.</source>
        <translation>请检查名称。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/sharing.py"/>
        <source>Choose .png, .jpg or .webp.</source>
        <translation>请选择 .png、.jpg 或 .webp。</translation>
    </message>
    <message>
        <location filename="../../engine/library/lora.py"/>
        <source>Choose a LoRA of this model's family.</source>
        <translation>请选择与此模型同类的 LoRA。</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/decoders.py"/>
        <source>Choose a VAE of this model's family.</source>
        <translation>请选择与此模型同类的 VAE。</translation>
    </message>
    <message>
        <location filename="../../engine/library/vaes.py"/>
        <source>Choose a VAE's .safetensors file.</source>
        <translation>请选择 VAE 的 .safetensors 文件。</translation>
    </message>
    <message>
        <location filename="../../engine/library/headers.py"/>
        <source>Choose a file.</source>
        <translation>请选择一个文件。</translation>
    </message>
    <message>
        <location filename="../../engine/library/preflight.py"/>
        <source>Choose a folder in diffusers' layout, or a single .safetensors file.</source>
        <translation>请选择 diffusers 结构的文件夹，或单个 .safetensors 文件。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>Choose a folder of your own.</source>
        <translation>请选择自己有权限的文件夹。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>Choose a folder that is there.</source>
        <translation>请选择已存在的文件夹。</translation>
    </message>
    <message>
        <location filename="../../engine/library/folders.py"/>
        <source>Choose a folder with .safetensors files, or one in diffusers' layout.</source>
        <translation>请选择含 .safetensors 文件或 diffusers 结构的文件夹。</translation>
    </message>
    <message>
        <location filename="../../engine/library/budget.py"/>
        <source>Choose a larger budget in the settings, or a smaller size or model.</source>
        <translation>请在设置中调高内存上限，或减小尺寸、换小一些的模型。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/decoding.py"/>
        <source>Choose a picture file.</source>
        <translation>请选择图片文件。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>Choose a shorter one.</source>
        <translation>请换个短一些的。</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/learned.py"/>
        <source>Choose an embedding of this model's family.</source>
        <translation>请选择与此模型同类的嵌入。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>Choose another disk.</source>
        <translation>请换个磁盘。</translation>
    </message>
    <message>
        <location filename="../../engine/library/settings.py"/>
        <source>Choose another folder.</source>
        <translation>请选择另一个文件夹。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/choosing.py"/>
        <source>Choose another model.</source>
        <translation>请选择其他模型。</translation>
    </message>
    <message>
        <location filename="../../engine/library/preflight.py"/>
        <source>Choose another model: this one is of no kind that can be used.</source>
        <translation>请选择其他模型：此模型不属于可用的种类。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>Choose another name, or use --force.</source>
        <translation>请换个名称，或使用 --force。</translation>
    </message>
    <message>
        <location filename="../../engine/export/writers.py"/>
        <source>Choose another name.</source>
        <translation>请换个名称。</translation>
    </message>
    <message>
        <location filename="../../engine/export/copies.py"/>
        <source>Choose jpeg or webp.</source>
        <translation>请选择 jpeg 或 webp。</translation>
    </message>
    <message>
        <location filename="../../engine/library/preflight.py"/>
        <source>Choose one model.</source>
        <translation>请选择一个模型。</translation>
    </message>
    <message>
        <location filename="../../engine/export/writers.py"/>
        <source>Choose some, or another gallery.</source>
        <translation>请先选几张，或换个画廊。</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>Choose the model's .safetensors file.</source>
        <translation>请选择模型的 .safetensors 文件。</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>Choose the plain model.</source>
        <translation>请选择普通模型。</translation>
    </message>
    <message>
        <location filename="../../engine/errors.py"/>
        <source>Close other programs, try a smaller size, or use --device cpu.</source>
        <translation>请关闭其他程序、减小尺寸，或改用 CPU（--device cpu）。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/galleries.py"/>
        <source>Close what has it open.</source>
        <translation>请关闭正在使用它的程序。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/names.py"/>
        <source>Copy it from your settings at huggingface.co.</source>
        <translation>请从您在 huggingface.co 的设置中复制。</translation>
    </message>
    <message>
        <location filename="../../resources/checkpoints.toml"/>
        <source>CreativeML OpenRAIL++-M</source>
        <translation>CreativeML OpenRAIL++-M</translation>
    </message>
    <message>
        <location filename="../../resources/checkpoints.toml"/>
        <source>CreativeML OpenRAIL-M</source>
        <translation>CreativeML OpenRAIL-M</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>DDIM</source>
        <translation>DDIM</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>DDPM</source>
        <translation>DDPM</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>DDPM always adds its own amount of noise.</source>
        <translation>DDPM 总是加入它自身的噪声量。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>DDPM always adds the noise that η 1 means.</source>
        <translation>DDPM 加入的噪声总相当于 η 为 1。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>DDPM large</source>
        <translation>DDPM 大方差</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>DDPM with more noise at every step; wants all thousand steps.</source>
        <translation>每步噪声更多的 DDPM；最好走满一千步。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>DEIS</source>
        <translation>DEIS</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>DEIS is deterministic and adds no noise.</source>
        <translation>DEIS 是确定性的，不加噪声。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>DPM++ 2M</source>
        <translation>DPM++ 2M</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>DPM++ 2M SDE</source>
        <translation>DPM++ 2M SDE</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>DPM++ 2M SDE always adds all its noise.</source>
        <translation>DPM++ 2M SDE 总是加入全部噪声。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>DPM++ 2M is deterministic: no noise.</source>
        <translation>DPM++ 2M 是确定性的，不加噪声。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>DPM++ 2M with fresh noise at every step.</source>
        <translation>每步加入新噪声的 DPM++ 2M。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/galleries.py"/>
        <source>Delete it yourself, if it is to be gone for good.</source>
        <translation>若要彻底删除，请自行删除。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Deterministic and plain: straight steps down the noise.</source>
        <translation>确定性，最朴素：沿噪声直线逐步下降。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Deterministic and quick: good pictures in few steps.</source>
        <translation>确定性，快：几步就能得到好图。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Deterministic at η 0; η 1 adds as much noise as DDPM.</source>
        <translation>η 为 0 时是确定性的；η 为 1 时噪声与 DDPM 相同。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Deterministic; a linear multistep method of order four.</source>
        <translation>确定性；四阶线性多步法。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Deterministic; bends each step with the one before it.</source>
        <translation>确定性；用前一步修正每一步的方向。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Deterministic; each answer also corrects the step before it.</source>
        <translation>确定性；每次的结果还会校正上一步。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Deterministic; each step learns from the four before it.</source>
        <translation>确定性；每一步都参考前四步。</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>Download it again, from the page's own download link.</source>
        <translation>请用网页上的下载链接重新下载。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/begun.py"/>
        <source>End that first.</source>
        <translation>请先结束它。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/starts.py"/>
        <source>Eta from 0 to 1</source>
        <translation>Eta 从 0 到 1</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/metadata.py"/>
        <source>Etascope's own text in it is damaged.</source>
        <translation>其中 Etascope 自己的文本已损坏。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Euler</source>
        <translation>Euler</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Euler a</source>
        <translation>Euler a</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Euler a always adds the noise it needs.</source>
        <translation>Euler a 总是加入所需的噪声。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Euler is deterministic and adds no noise.</source>
        <translation>Euler 是确定性的，不加噪声。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Euler with fresh noise; other step counts, other pictures.</source>
        <translation>带新噪声的 Euler；步数不同，图片也不同。</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>Fetch the file itself with git lfs pull.</source>
        <translation>请用 git lfs pull 取得文件本身。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Few steps, fresh noise as η says; best on distilled models.</source>
        <translation>步数少，新噪声多少由 η 决定；最适合蒸馏过的模型。</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>Files of Stable Diffusion 1, 2 and SDXL can be used.</source>
        <translation>可以使用 Stable Diffusion 1、2 和 SDXL 的文件。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>Free some space, or save elsewhere.</source>
        <translation>请腾出空间，或保存到别处。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/download.py"/>
        <source>Free some space, or set ETASCOPE_HOME to a larger disk.</source>
        <translation>请腾出空间，或把 ETASCOPE_HOME 设到更大的磁盘。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/database.py"/>
        <source>Free some space.</source>
        <translation>请腾出空间。</translation>
    </message>
    <message>
        <location filename="../../engine/archive.py"/>
        <source>Free some space; the picture itself is not concerned.</source>
        <translation>请腾出一些空间；图片本身不受影响。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Fresh noise at every step; at its best with many steps.</source>
        <translation>每步都加入新噪声；步数多时效果最好。</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/together.py"/>
        <source>Get all parts of one model from the same place.</source>
        <translation>请从同一处获取一个模型的所有部件。</translation>
    </message>
    <message>
        <location filename="../../engine/library/checkpoint.py"/>
        <source>Get it again from where it came from.</source>
        <translation>请从原处重新获取。</translation>
    </message>
    <message>
        <location filename="../../engine/library/single_file.py"/>
        <source>Get it as a folder in diffusers' layout, which tells how it is built.</source>
        <translation>请下载 diffusers 布局的文件夹，其中写明了它的结构。</translation>
    </message>
    <message>
        <location filename="../../engine/library/vocabulary.py"/>
        <source>Get one: etascope models get {repository}.</source>
        <translation>可用 etascope models get {repository} 下载一个。</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>Get the same model in half or full precision.</source>
        <translation>请获取同一模型的半精度或全精度版本。</translation>
    </message>
    <message>
        <location filename="../../engine/library/folder.py"/>
        <source>Get the variant with .safetensors files.</source>
        <translation>请获取含 .safetensors 文件的版本。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>Give a file name inside it.</source>
        <translation>请给出其中的文件名。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Heun</source>
        <translation>Heun</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Heun is deterministic and adds no noise.</source>
        <translation>Heun 是确定性的，不加噪声。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>How far each step goes too far, to be given back as fresh noise: the paper's gamma.</source>
        <translation>每一步多走多远，再以新噪声补回：论文中的 gamma。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/weights.py"/>
        <source>How long {name_of} takes {guided} guidance was never measured here; compare with equal steps once.</source>
        <translation>这里还没有测过 {name_of} {guided}引导时的用时；请先按相同步数对比一次。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/starts.py"/>
        <source>How many steps are enough</source>
        <translation>多少步才够</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>How much fresh noise each step adds: 0 none, 1 as much as DDPM.</source>
        <translation>每步加入多少新噪声：0 为不加，1 与 DDPM 相同。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/database.py"/>
        <source>Is another Etascope open?</source>
        <translation>是否还开着另一个 Etascope？</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/galleries.py"/>
        <source>Is its disk there, and may you read it?</source>
        <translation>其磁盘是否在？您是否有权读取？</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/galleries.py"/>
        <source>Is its disk there?</source>
        <translation>它所在的磁盘还在吗？</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/galleries.py"/>
        <source>Is its disk? Or choose another folder in the settings.</source>
        <translation>它的磁盘在吗？也可在设置中换个文件夹。</translation>
    </message>
    <message>
        <location filename="../../engine/remade.py"/>
        <source>It began with other noise.</source>
        <translation>它的起始噪声不同。</translation>
    </message>
    <message>
        <location filename="../../engine/library/__init__.py"/>
        <source>It can be got: etascope models get {repository} --revision {commit}.</source>
        <translation>可以下载：etascope models get {repository} --revision {commit}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/verify.py"/>
        <source>It cannot be listed: {strerror}.</source>
        <translation>无法列出其内容：{strerror}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/formats/comfy.py"/>
        <source>It has only the drawing of its graph, from which no settings are read.</source>
        <translation>其中只有节点图的界面数据，无法从中读取参数。</translation>
    </message>
    <message>
        <location filename="../../engine/remade.py"/>
        <source>It is a grid, or was scaled since.</source>
        <translation>它是对比图，或之后被缩放过。</translation>
    </message>
    <message>
        <location filename="../../engine/library/embeddings.py"/>
        <source>It is another kind of file.</source>
        <translation>它是另一种文件。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/database.py"/>
        <source>It is being made again.</source>
        <translation>正在重新建立。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/verify.py"/>
        <source>It is in the index, but there is no such file.</source>
        <translation>索引中有它，但文件不存在。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/marks.py"/>
        <source>It is kept as marks.json.bad.</source>
        <translation>已另存为 marks.json.bad。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/verify.py"/>
        <source>It is no gallery: none can be called so.</source>
        <translation>它不是画廊：画廊不能叫这个名字。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/verify.py"/>
        <source>It is not in the index.</source>
        <translation>它不在索引中。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/own.py"/>
        <source>It is the grid of a comparison; its first picture's settings are taken.</source>
        <translation>这是一张对比图；取用第一张图片的参数。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/decoding.py"/>
        <source>It may be cut short, damaged or of another kind.</source>
        <translation>它可能不完整、已损坏或是其他格式。</translation>
    </message>
    <message>
        <location filename="../../engine/trajectory.py"/>
        <source>It may be cut short; make it again.</source>
        <translation>它可能不完整；请重新生成。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/formats/comfy.py"/>
        <source>It may be one of a batch: all of them carry the same seed.</source>
        <translation>它可能是批量中的一张：整批记录的种子相同。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/galleries.py"/>
        <source>It may have been moved.</source>
        <translation>它可能已被移走。</translation>
    </message>
    <message>
        <location filename="../../engine/library/extras.py"/>
        <source>It names {tag}, which is not here and was left out.</source>
        <translation>其中提到的 {tag} 这里没有，已略过。</translation>
    </message>
    <message>
        <location filename="../../engine/styles.py"/>
        <source>It needs the columns name, prompt and negative_prompt.</source>
        <translation>它需要 name、prompt（提示词）和 negative_prompt 三列。</translation>
    </message>
    <message>
        <location filename="../../engine/export/moving.py"/>
        <source>It was left out.</source>
        <translation>已略过。</translation>
    </message>
    <message>
        <location filename="../../engine/library/headers.py"/>
        <source>It was probably not downloaded to its end; download it again.</source>
        <translation>可能没有下载完整；请重新下载。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/own.py"/>
        <source>It was written by another version of Etascope; not all of it may be known.</source>
        <translation>它由另一版本的 Etascope 写入；可能有内容无法识别。</translation>
    </message>
    <message>
        <location filename="../../engine/library/extras.py"/>
        <source>Its VAE {short} is not here; the model's own is used.</source>
        <translation>这里没有它的 VAE {short}；改用模型自带的。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/verify.py"/>
        <source>Its bytes have changed by themselves: the disk may fail.</source>
        <translation>文件内容自行改变了：磁盘可能有故障。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/scan.py"/>
        <source>Its disk may fail.</source>
        <translation>磁盘可能有故障。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/formats/comfy.py"/>
        <source>Its graph has no sampler that is known here.</source>
        <translation>其节点图中没有这里认识的采样器。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/formats/comfy.py"/>
        <source>Its graph samples more than once; the first pass was read.</source>
        <translation>其节点图有多次采样；读取的是第一次。</translation>
    </message>
    <message>
        <location filename="../../engine/export/copies.py"/>
        <source>Its marks could not be written into it.</source>
        <translation>无法把标记写入其中。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/metadata.py"/>
        <source>Its model {model} is not one of Etascope's; choose one yourself.</source>
        <translation>Etascope 没有它的模型 {model}；请自行选择。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/formats/a1111.py"/>
        <source>Its noise may come from another generator: the same seed, another picture.</source>
        <translation>其噪声可能来自另一种发生器：种子相同，图片不同。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/formats/prompting.py"/>
        <source>Its prompt changes from step to step, [so:or so:0.5]; here brackets only weigh.</source>
        <translation>其提示词随步变化，如 [a:b:0.5]；在这里方括号只用于加权。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/formats/prompting.py"/>
        <source>Its prompt has tags in angle brackets, which are read as words.</source>
        <translation>其提示词含尖括号标签，在这里按普通文字读取。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/formats/prompting.py"/>
        <source>Its prompt names networks that are no LoRAs; their names are read as words.</source>
        <translation>提示词中提到的网络不是 LoRA；其名称按普通文字读取。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/formats/prompting.py"/>
        <source>Its prompt puts several together with AND, which is read as a word.</source>
        <translation>其提示词用 AND 组合，在这里按普通单词读取。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/own.py"/>
        <source>Its recipe is not complete.</source>
        <translation>其参数不完整。</translation>
    </message>
    <message>
        <location filename="../../engine/export/copies.py"/>
        <source>Its settings are too long for a JPEG.</source>
        <translation>其参数过长，JPEG 放不下。</translation>
    </message>
    <message>
        <location filename="../../engine/export/copies.py"/>
        <source>Its settings have no place in a file of another form.</source>
        <translation>其他格式的文件放不下它的设置。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/formats/a1111.py"/>
        <source>Its text has no line of settings; all of it was taken for the prompt.</source>
        <translation>其文本没有参数行；全部当作提示词。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/formats/comfy.py"/>
        <source>Its {key} comes out of a node that does not tell it; it was left out.</source>
        <translation>其{key}来自不公开数值的节点；已略过。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/findings.py"/>
        <source>Its {key} {value} is out of range; {within} is used.</source>
        <translation>其{key} {value} 超出范围；改用 {within}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/findings.py"/>
        <source>Its {key} {value} means nothing here and was left out.</source>
        <translation>其{key} {value} 在这里没有意义；已略过。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/formats/conditioning.py"/>
        <source>Its {replace} was in several parts, which were joined.</source>
        <translation>其{replace}分为几部分；已合并。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Jumps to the end and back; only for models distilled for it.</source>
        <translation>跳到终点再返回；只适合为此蒸馏的模型。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>LCM</source>
        <translation>LCM</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>LCM always draws all its noise anew.</source>
        <translation>LCM 总是重新抽取全部噪声。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>LMS</source>
        <translation>LMS</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>LMS is deterministic and adds no noise.</source>
        <translation>LMS 是确定性的，不加噪声。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/findings.py"/>
        <source>Left out, as Etascope has no such setting: {names}.</source>
        <translation>已略过 Etascope 没有的参数：{names}。</translation>
    </message>
    <message>
        <location filename="../../engine/library/lora.py"/>
        <source>LoRAs come as .safetensors files of their own.</source>
        <translation>LoRA 是单独的 .safetensors 文件。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>Look at its page.</source>
        <translation>请查看其页面。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/choosing.py"/>
        <source>Look for one that is offered as .safetensors.</source>
        <translation>请找提供 .safetensors 格式的版本。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>Looks ahead and averages: two model calls for every step but the last.</source>
        <translation>先向前看再取平均：除最后一步外，每步调用模型两次。</translation>
    </message>
    <message>
        <location filename="../../engine/library/usual.py"/>
        <source>Made for 1 to 8 steps with guidance 1.</source>
        <translation>适合以引导 1、1 到 8 步生成。</translation>
    </message>
    <message>
        <location filename="../../engine/library/usual.py"/>
        <source>Made for 1 to 8 steps with the sampler LCM; it takes no negative prompt.</source>
        <translation>适合用采样器 LCM 以 1 到 8 步生成；不接受反向提示词。</translation>
    </message>
    <message>
        <location filename="../../engine/library/usual.py"/>
        <source>Made for 2 to 8 steps with the sampler LCM and guidance 1.</source>
        <translation>适合用采样器 LCM、引导 1，以 2 到 8 步生成。</translation>
    </message>
    <message>
        <location filename="../../engine/export/moving.py"/>
        <source>Make it again to see them.</source>
        <translation>重新生成即可查看。</translation>
    </message>
    <message>
        <location filename="../../engine/trajectory.py"/>
        <source>Make it again.</source>
        <translation>请重新生成。</translation>
    </message>
    <message>
        <location filename="../../engine/lanes.py"/>
        <source>Make the picture from its start.</source>
        <translation>请从头生成这张图片。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/metadata.py"/>
        <source>Many programs and sites strip them; choose the picture as its tool saved it.</source>
        <translation>许多程序和网站会去掉参数；请选择生成工具保存的原图。</translation>
    </message>
    <message>
        <location filename="../../engine/wording/tags.py"/>
        <source>Name it in the prompt; a weight below 0 turns it round.</source>
        <translation>请写在提示词中；权重小于 0 即为反向。</translation>
    </message>
    <message>
        <location filename="../../engine/extras.py"/>
        <source>Name it once, with the weight that is wanted.</source>
        <translation>请只写一次，并给出所需的权重。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>Next to nothing has come for {seconds}.</source>
        <translation>{seconds}内几乎没有收到数据。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>No folder is created for it; make it first.</source>
        <translation>程序不会为它新建文件夹；请先建好。</translation>
    </message>
    <message>
        <location filename="../../engine/library/preflight.py"/>
        <source>No model needs one; remove it if you trust it.</source>
        <translation>模型不需要它；若信任此模型，请将它移除。</translation>
    </message>
    <message>
        <location filename="../../engine/library/folders.py"/>
        <source>No model was found in {root}.</source>
        <translation>在 {root} 中没有找到模型。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/names.py"/>
        <source>No token was given.</source>
        <translation>没有给出令牌。</translation>
    </message>
    <message>
        <location filename="../../engine/library/settings.py"/>
        <source>Nothing in a model may.</source>
        <translation>模型中的任何内容都不允许这样做。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/query.py"/>
        <source>Nothing is named after {typed}: it was left out.</source>
        <translation>{typed} 后面没有内容：已略过。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/names.py"/>
        <source>Nothing to search for was named.</source>
        <translation>没有给出要搜索的内容。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/keepsakes.py"/>
        <source>Nothing was removed.</source>
        <translation>未删除任何内容。</translation>
    </message>
    <message>
        <location filename="../../engine/export/writers.py"/>
        <source>Of none of these pictures the steps are kept.</source>
        <translation>这些图片的步骤都没有保留。</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>Only .safetensors files are opened; most models are offered as one, or ask its author.</source>
        <translation>只打开 .safetensors 文件；多数模型都有此格式，或询问作者。</translation>
    </message>
    <message>
        <location filename="../../engine/remade.py"/>
        <source>Only one of the two was decoded in tiles, for want of memory.</source>
        <translation>两者中只有一张因内存不足而分块解码。</translation>
    </message>
    <message>
        <location filename="../../engine/remade.py"/>
        <source>Only pictures of Etascope, as it saved them, can be made again to the pixel.</source>
        <translation>只有 Etascope 保存的原图才能逐像素重现。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/query.py"/>
        <source>Only the first {most_terms} words and terms were looked for.</source>
        <translation>只搜索了前 {most_terms} 个词和条件。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>Open a browser: this network may want you to sign in. Then try again.</source>
        <translation>请打开浏览器：此网络可能需要登录。然后重试。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/database.py"/>
        <source>Open it again.</source>
        <translation>请重新打开。</translation>
    </message>
    <message>
        <location filename="../../engine/library/vocabulary.py"/>
        <source>Or put vocab.json and merges.txt, from the tokenizer folder of any model of its family, into {value}, or into a folder `tokenizer` beside it.</source>
        <translation>也可以把同类模型 tokenizer 文件夹中的 vocab.json 和 merges.txt 放入 {value}，或放入它旁边的 tokenizer 文件夹。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>PLMS</source>
        <translation>PLMS</translation>
    </message>
    <message>
        <location filename="../../engine/samplers/levels.py"/>
        <source>PLMS and Heun cannot begin at this model's last level, which is noise alone.</source>
        <translation>PLMS 和 Heun 无法从此模型的最后一级开始，那里只有噪声。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>PLMS is deterministic and adds no noise.</source>
        <translation>PLMS 是确定性的，不加噪声。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/sharing.py"/>
        <source>Pictures are not written as {suffix} files.</source>
        <translation>图片不能存为 {suffix} 文件。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/database.py"/>
        <source>Pictures are safe; finding them takes longer at the next start.</source>
        <translation>图片没有受损；下次启动时查找会慢一些。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/database.py"/>
        <source>Pictures are safe; try again.</source>
        <translation>图片没有受损；请重试。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/query.py"/>
        <source>Pictures are sorted by {sorts}, not by {name}.</source>
        <translation>图片可按 {sorts} 排序，不能按 {name}。</translation>
    </message>
    <message>
        <location filename="../../engine/library/lora.py"/>
        <source>Plain LoRAs can be used.</source>
        <translation>可以使用普通的 LoRA。</translation>
    </message>
    <message>
        <location filename="../../engine/errors.py"/>
        <source>Please report it with the details.</source>
        <translation>请附上详情反馈。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/formats/prompting.py"/>
        <source>Plus and minus signs weigh words in InvokeAI; here they are read as text.</source>
        <translation>加号和减号在 InvokeAI 中用于加权；在这里按普通文字读取。</translation>
    </message>
    <message>
        <location filename="../../engine/library/extras.py"/>
        <source>Put it into {place}; its sha256 begins with {sha256}.</source>
        <translation>请放入 {place}；其 sha256 以 {sha256} 开头。</translation>
    </message>
    <message>
        <location filename="../../engine/library/preflight.py"/>
        <source>Put the file itself there.</source>
        <translation>请把文件本身放在那里。</translation>
    </message>
    <message>
        <location filename="../../engine/library/extras.py"/>
        <source>Put the one that is meant there, with its own adapter_config.json beside it.</source>
        <translation>请把所指的文件连同它自己的 adapter_config.json 一起放在那里。</translation>
    </message>
    <message>
        <location filename="../../engine/library/extras.py"/>
        <source>Put the one whose sha256 begins with {sha256} there.</source>
        <translation>请放入 sha256 以 {sha256} 开头的那个。</translation>
    </message>
    <message>
        <location filename="../../engine/notices.py"/>
        <source>Put what matters first.</source>
        <translation>请把重要的内容放在前面。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/begun.py"/>
        <source>Remove it by hand.</source>
        <translation>请手动删除。</translation>
    </message>
    <message>
        <location filename="../../engine/library/extras.py"/>
        <source>Rename all but one.</source>
        <translation>请将其余的重命名。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/marks.py"/>
        <source>Rename it yourself.</source>
        <translation>请自行重命名。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/store.py"/>
        <source>Rename it.</source>
        <translation>请重命名。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/verify.py"/>
        <source>Run "etascope gallery rebuild".</source>
        <translation>请运行“etascope gallery rebuild”。</translation>
    </message>
    <message>
        <location filename="../../resources/checkpoints.toml"/>
        <source>SDXL in one to four steps, with guidance 1.</source>
        <translation>一到四步的 SDXL，引导强度设为 1。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/starts.py"/>
        <source>Samplers at 20 steps</source>
        <translation>20 步时的采样器</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>Save it elsewhere.</source>
        <translation>请保存到别处。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/galleries.py"/>
        <source>See "etascope gallery list" for those there are.</source>
        <translation>用“etascope gallery list”查看已有的画廊。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>See how its name is written.</source>
        <translation>请检查名称的写法。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>See how its name is written; if it is private, give Etascope your token.</source>
        <translation>请检查名称的写法；若是私有的，请向 Etascope 提供令牌。</translation>
    </message>
    <message>
        <location filename="../../engine/styles.py"/>
        <source>See that you may read it.</source>
        <translation>请确认您有读取权限。</translation>
    </message>
    <message>
        <location filename="../../engine/library/embeddings.py"/>
        <source>See whether it is there, and yours.</source>
        <translation>请确认它存在且您有权限。</translation>
    </message>
    <message>
        <location filename="../../engine/library/headers.py"/>
        <source>See whether you may read it.</source>
        <translation>请确认您有读取权限。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/fetch.py"/>
        <source>See whether you may write there.</source>
        <translation>请检查是否有权写入该处。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/marks.py"/>
        <source>See who may read it.</source>
        <translation>请检查它的读取权限。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/tokens.py"/>
        <source>Set the variable HF_TOKEN instead.</source>
        <translation>请改用环境变量 HF_TOKEN。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/decoding.py"/>
        <source>Shrink it with another program first.</source>
        <translation>请先用其他程序缩小。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/starts.py"/>
        <source>Six ways from the same noise, side by side.</source>
        <translation>同一噪声，六种走法，并排对比。</translation>
    </message>
    <message>
        <location filename="../../engine/errors.py"/>
        <source>Something went wrong inside Etascope; this is our fault.</source>
        <translation>Etascope 内部出错，这是我们的错。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/linking.py"/>
        <source>Step {position} of {len}</source>
        <translation>第 {position}/{len} 步</translation>
    </message>
    <message>
        <location filename="../../engine/styles.py"/>
        <source>Styles are in {styles_path}.</source>
        <translation>风格保存在 {styles_path}。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>TCD</source>
        <translation>TCD</translation>
    </message>
    <message>
        <location filename="../../engine/samplers/levels.py"/>
        <source>Take another sampler, or the schedule leading.</source>
        <translation>请换一个采样器，或使用噪声调度 leading。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/verify.py"/>
        <source>Take it from a backup, if you have one.</source>
        <translation>若有备份，请从备份恢复。</translation>
    </message>
    <message>
        <location filename="../../engine/remade.py"/>
        <source>Take its settings to make all of it.</source>
        <translation>请用其设置生成完整的图片。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/names.py"/>
        <source>That is no token: one is some letters and digits in a row.</source>
        <translation>这不是令牌：令牌是一串连续的字母和数字。</translation>
    </message>
    <message>
        <location filename="../../engine/wording/tags.py"/>
        <source>The LoRA {name} is named in the negative prompt, where it means nothing.</source>
        <translation>LoRA {name} 写在反向提示词中，不起作用。</translation>
    </message>
    <message>
        <location filename="../../engine/extras.py"/>
        <source>The LoRA {name} is named twice.</source>
        <translation>LoRA {name} 写了两次。</translation>
    </message>
    <message>
        <location filename="../../resources/checkpoints.toml"/>
        <source>The classic that most LoRAs and embeddings are made for.</source>
        <translation>经典模型，多数 LoRA 和嵌入都为它制作。</translation>
    </message>
    <message>
        <location filename="../../engine/prompts.py"/>
        <source>The clip skip is {last} at most here, not {skip}.</source>
        <translation>这里的 clip skip 最大为 {last}，不能是 {skip}。</translation>
    </message>
    <message>
        <location filename="../../engine/draft.py"/>
        <source>The clip skip of this model is {accepted}, not {skip}.</source>
        <translation>此模型的 clip skip 为 {accepted}，不能是 {skip}。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>The connection broke off again and again within {name}.</source>
        <translation>下载 {name} 时连接一再中断。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/axes.py"/>
        <source>The count must be 1 to {most_pictures}, not {count}.</source>
        <translation>数量须为 1 到 {most_pictures}，不能是 {count}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/database.py"/>
        <source>The disk of the index is full.</source>
        <translation>索引所在的磁盘已满。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>The disk of {folder} is full.</source>
        <translation>{folder} 所在的磁盘已满。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/child.py"/>
        <source>The download has ended unexpectedly.</source>
        <translation>下载意外结束。</translation>
    </message>
    <message>
        <location filename="../../engine/prompts.py"/>
        <source>The embedding {name} cannot be used here.</source>
        <translation>这里不能使用嵌入 {name}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/formats/prompting.py"/>
        <source>The embeddings that its prompt names are not loaded; their names are read as words.</source>
        <translation>提示词中提到的嵌入没有加载；其名称按普通文字读取。</translation>
    </message>
    <message>
        <location filename="../../engine/draft.py"/>
        <source>The eta of {label} must be {accepted}, not {eta}.</source>
        <translation>{label} 的 eta 须为 {accepted}，不能是 {eta}。</translation>
    </message>
    <message>
        <location filename="../../engine/remade.py"/>
        <source>The file does not tell where it was made.</source>
        <translation>文件没有说明它在哪里生成。</translation>
    </message>
    <message>
        <location filename="../../resources/checkpoints.toml"/>
        <source>The finest pictures, 1024 pixels wide; wants a large memory.</source>
        <translation>画质最好，宽 1024 像素；需要较大内存。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/store.py"/>
        <source>The folder of the galleries, {chosen}, is not there.</source>
        <translation>画廊文件夹 {chosen} 不存在。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/galleries.py"/>
        <source>The folder of the galleries, {root}, cannot be listed: {strerror}.</source>
        <translation>无法列出画廊的文件夹 {root}：{strerror}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/galleries.py"/>
        <source>The folder of the galleries, {root}, is not there.</source>
        <translation>画廊的文件夹 {root} 不在。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/scan.py"/>
        <source>The gallery {name} cannot be listed: {strerror}.</source>
        <translation>无法列出画廊 {name}：{strerror}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/galleries.py"/>
        <source>The gallery {name} cannot be reached.</source>
        <translation>无法访问画廊 {name}。</translation>
    </message>
    <message>
        <location filename="../../engine/notices.py"/>
        <source>The graphics card has too little free memory for all of this model: its parts are kept in the main memory and take turns on the card, which is slower.</source>
        <translation>显卡的可用显存装不下整个模型：各部分放在内存中，轮流送入显卡，因此较慢。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/sheet.py"/>
        <source>The grid has no title, as no font here has all the prompt's characters.</source>
        <translation>对比图没有标题，因为本机没有包含提示词全部字符的字体。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/sheet.py"/>
        <source>The grid's cells were shrunk to {zoom}, to keep it a picture that can be opened; the pictures themselves are whole.</source>
        <translation>为使对比图能够打开，其中各格缩小到 {zoom}；图片本身未受影响。</translation>
    </message>
    <message>
        <location filename="../../engine/draft.py"/>
        <source>The guidance must be 1 to {highest_guidance}, not {scale}.</source>
        <translation>引导强度须为 1 到 {highest_guidance}，不能是 {scale}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/database.py"/>
        <source>The index cannot be used: {error}.</source>
        <translation>无法使用索引：{error}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/database.py"/>
        <source>The index has been closed.</source>
        <translation>索引已关闭。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/scan.py"/>
        <source>The index is damaged again and again.</source>
        <translation>索引一再损坏。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/verify.py"/>
        <source>The index is damaged.</source>
        <translation>索引已损坏。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/database.py"/>
        <source>The index may not be written to.</source>
        <translation>无权写入索引。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/verify.py"/>
        <source>The index tells something else than the file.</source>
        <translation>索引与文件内容不一致。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/database.py"/>
        <source>The index was damaged.</source>
        <translation>索引已损坏。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/database.py"/>
        <source>The index was deleted or moved.</source>
        <translation>索引已被删除或移走。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/database.py"/>
        <source>The index {path} cannot be written: {strerror}.</source>
        <translation>无法写入索引 {path}：{strerror}。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/lists.py"/>
        <source>The list for {field} has more than {most_pictures} values.</source>
        <translation>列表（{field}）超过 {most_pictures} 个值。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/axes.py"/>
        <source>The list for {field} takes {accepts}, not {shown}.</source>
        <translation>列表（{field}）只接受{accepts}，不接受 {shown}。</translation>
    </message>
    <message>
        <location filename="../../engine/lanes.py"/>
        <source>The model answered not-a-number at step {value}; nothing was kept.</source>
        <translation>模型在第 {value} 步给出了无效数值（NaN）；没有保存任何内容。</translation>
    </message>
    <message>
        <location filename="../../engine/library/checkpoint.py"/>
        <source>The model {label} in {place} cannot be used: {reason}.</source>
        <translation>无法使用 {place} 中的模型 {label}：{reason}。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/names.py"/>
        <source>The name already asks for {told}.</source>
        <translation>名称中已经指定了 {told}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>The name {path} is too long.</source>
        <translation>名称 {path} 过长。</translation>
    </message>
    <message>
        <location filename="../../engine/trajectory.py"/>
        <source>The parts of {path} do not belong together.</source>
        <translation>{path} 的各部分不相符。</translation>
    </message>
    <message>
        <location filename="../../engine/vae.py"/>
        <source>The picture came out as not-a-number and was not kept.</source>
        <translation>得到的图片是无效数值（NaN），没有保存。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/verify.py"/>
        <source>The picture {cell} of this grid is not beside it.</source>
        <translation>此对比图的图片 {cell} 不在它旁边。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/axes.py"/>
        <source>The prompt does not say {words}.</source>
        <translation>提示词中没有 {words}。</translation>
    </message>
    <message>
        <location filename="../../resources/checkpoints.toml"/>
        <source>The quickest: a picture in one to four steps, with guidance 1.</source>
        <translation>最快：一到四步成图，引导强度设为 1。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/lists.py"/>
        <source>The range {word} of {field} gets nowhere with steps of 0.</source>
        <translation>范围 {word}（{field}）的步长为 0，无法前进。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/lists.py"/>
        <source>The range {word} of {field} has more than {most_pictures} values.</source>
        <translation>范围 {word}（{field}）超过 {most_pictures} 个值。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/lists.py"/>
        <source>The range {word} of {field} has two ends, so two values at least.</source>
        <translation>{field} 的范围 {word} 有两端，至少要有两个值。</translation>
    </message>
    <message>
        <location filename="../../engine/lanes.py"/>
        <source>The recorded path does not fit this picture.</source>
        <translation>记录的轨迹与这张图片不符。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/metadata.py"/>
        <source>The sampler {shown} is not in this version; the usual one is taken.</source>
        <translation>此版本没有采样器 {shown}；改用默认采样器。</translation>
    </message>
    <message>
        <location filename="../../engine/draft.py"/>
        <source>The seed must be 0 to {value}, not {seed}.</source>
        <translation>种子须为 0 到 {value}，不能是 {seed}。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>The server does not give {name} in the length it told.</source>
        <translation>服务器给出的 {name} 与其声明的长度不符。</translation>
    </message>
    <message>
        <location filename="../../engine/library/__init__.py"/>
        <source>The starter model is part of the program.</source>
        <translation>入门模型是程序的一部分。</translation>
    </message>
    <message>
        <location filename="../../engine/draft.py"/>
        <source>The steps must be 1 to {most_steps}, not {steps}.</source>
        <translation>步数须为 1 到 {most_steps}，不能是 {steps}。</translation>
    </message>
    <message>
        <location filename="../../engine/archive.py"/>
        <source>The steps of a picture could not be kept: {strerror}.</source>
        <translation>无法保留图片的步骤：{strerror}。</translation>
    </message>
    <message>
        <location filename="../../engine/export/moving.py"/>
        <source>The steps of {name} are not kept any more.</source>
        <translation>{name} 的步骤已不再保留。</translation>
    </message>
    <message>
        <location filename="../../engine/export/steps.py"/>
        <source>The steps of {paths} of its pictures are not kept any more.</source>
        <translation>其中 {paths} 张图片的步骤已不再保留。</translation>
    </message>
    <message>
        <location filename="../../engine/styles.py"/>
        <source>The styles in {path} cannot be read: {strerror}.</source>
        <translation>无法读取 {path} 中的风格：{strerror}。</translation>
    </message>
    <message>
        <location filename="../../engine/remade.py"/>
        <source>The two pictures are not of one size.</source>
        <translation>两张图片尺寸不同。</translation>
    </message>
    <message>
        <location filename="../../engine/wording/tags.py"/>
        <source>The weight of the LoRA {name} must be -{most_weight} to {most_weight2}, not {weight}.</source>
        <translation>LoRA {name} 的权重须为 -{most_weight} 到 {most_weight2}，不能是 {weight}。</translation>
    </message>
    <message>
        <location filename="../../engine/wording/weights.py"/>
        <source>The weight of {shown} is {weight}, but weights go from {least_weight} to {most_weight}.</source>
        <translation>{shown} 的权重是 {weight}，但权重范围是 {least_weight} 到 {most_weight}。</translation>
    </message>
    <message>
        <location filename="../../engine/notices.py"/>
        <source>The {name} has {tokens} tokens; the model reads the first {read} of them.</source>
        <translation>{name}有 {tokens} 个词元；模型只读取前 {read} 个。</translation>
    </message>
    <message>
        <location filename="../../engine/remade.py"/>
        <source>The {name} was {value}, and is {new} here.</source>
        <translation>{name} 当时是 {value}，这里是 {new}。</translation>
    </message>
    <message>
        <location filename="../../engine/draft.py"/>
        <source>The {side} must be a multiple of {step} from {smallest} to {largest}, not {size}; the nearest that works is {nearest}.</source>
        <translation>{side}须为 {step} 的倍数，{smallest} 到 {largest}，不能是 {size}；最接近的可用值是 {nearest}。</translation>
    </message>
    <message>
        <location filename="../../engine/library/extras.py"/>
        <source>The {word} {name} in {place} is another file than the one that is meant.</source>
        <translation>{place} 中的 {word} {name} 不是所指的文件。</translation>
    </message>
    <message>
        <location filename="../../engine/library/extras.py"/>
        <source>The {word} {name} is not on this machine.</source>
        <translation>本机没有 {word} {name}。</translation>
    </message>
    <message>
        <location filename="../../engine/notices.py"/>
        <source>Their colours may differ a little; a smaller size avoids that.</source>
        <translation>各块的颜色可能略有差异；较小的尺寸可避免这一点。</translation>
    </message>
    <message>
        <location filename="../../engine/library/extras.py"/>
        <source>There are {called} {word}s called {name} in {place}.</source>
        <translation>{place} 中有 {called} 个名为 {name} 的 {word}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/galleries.py"/>
        <source>There is a gallery {name} already.</source>
        <translation>已有画廊 {name}。</translation>
    </message>
    <message>
        <location filename="../../engine/extras.py"/>
        <source>There is no LoRA {name}.</source>
        <translation>没有 LoRA {name}。</translation>
    </message>
    <message>
        <location filename="../../engine/extras.py"/>
        <source>There is no VAE {name}.</source>
        <translation>没有 VAE {name}。</translation>
    </message>
    <message>
        <location filename="../../engine/library/__init__.py"/>
        <source>There is no file or folder {place}.</source>
        <translation>没有文件或文件夹 {place}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/decoding.py"/>
        <source>There is no file {path}.</source>
        <translation>没有文件 {path}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>There is no folder {folder}.</source>
        <translation>没有文件夹 {folder}。</translation>
    </message>
    <message>
        <location filename="../../engine/library/folders.py"/>
        <source>There is no folder {root}.</source>
        <translation>没有文件夹 {root}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/galleries.py"/>
        <source>There is no gallery {name}.</source>
        <translation>没有画廊 {name}。</translation>
    </message>
    <message>
        <location filename="../../engine/library/__init__.py"/>
        <source>There is no model {model} on the list; {there}.</source>
        <translation>列表中没有模型 {model}；{there}。</translation>
    </message>
    <message>
        <location filename="../../engine/library/__init__.py"/>
        <source>There is no model {model}; choose from {known}, or give its path.</source>
        <translation>没有模型 {model}；请从 {known} 中选择，或给出路径。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/models.py"/>
        <source>There is no model {typed}; choose from {join}.</source>
        <translation>没有模型 {typed}；请从 {join} 中选择。</translation>
    </message>
    <message>
        <location filename="../../engine/export/writers.py"/>
        <source>There is no picture to export.</source>
        <translation>没有可导出的图片。</translation>
    </message>
    <message>
        <location filename="../../engine/menu.py"/>
        <source>There is no sampler {name}; choose from {known}.</source>
        <translation>没有采样器 {name}；请从 {known} 中选择。</translation>
    </message>
    <message>
        <location filename="../../engine/styles.py"/>
        <source>There is no style {name}; {there}.</source>
        <translation>没有风格 {name}；{there}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/query.py"/>
        <source>There is no term {shown}; its text was looked for.</source>
        <translation>没有搜索条件 {shown}；已按文字搜索。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/query.py"/>
        <source>There is no word in {text} to look for.</source>
        <translation>{text} 中没有可搜索的词。</translation>
    </message>
    <message>
        <location filename="../../engine/library/extras.py"/>
        <source>There is no {word} {name}.</source>
        <translation>没有 {word} {name}。</translation>
    </message>
    <message>
        <location filename="../../engine/errors.py"/>
        <source>There is not enough memory for this.</source>
        <translation>内存不足。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/download.py"/>
        <source>There is not enough room on the disk of {parent}: {value} GB are missing, {value2} GB are free.</source>
        <translation>{parent} 所在磁盘空间不足：还缺 {value} GB，剩余 {value2} GB。</translation>
    </message>
    <message>
        <location filename="../../engine/notices.py"/>
        <source>There was too little memory to decode the picture at once: it is in tiles.</source>
        <translation>内存不足以一次解码整张图片：已分块解码。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/axes.py"/>
        <source>These lists have {number} combinations; a comparison has {most_pictures} at most.</source>
        <translation>这些列表共有 {number} 种组合；一次对比最多 {most_pictures} 种。</translation>
    </message>
    <message>
        <location filename="../../engine/remade.py"/>
        <source>They cannot be compared.</source>
        <translation>无法比较。</translation>
    </message>
    <message>
        <location filename="../../engine/export/copies.py"/>
        <source>This Pillow cannot write AVIF.</source>
        <translation>这个 Pillow 不能写 AVIF。</translation>
    </message>
    <message>
        <location filename="../../engine/device.py"/>
        <source>This machine has no {name} device that torch {version} can use.</source>
        <translation>本机没有 torch {version} 可用的 {name} 设备。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/metadata.py"/>
        <source>This model cannot make its size of {was}; {now} is used.</source>
        <translation>此模型无法生成 {was} 的尺寸；改用 {now}。</translation>
    </message>
    <message>
        <location filename="../../engine/draft.py"/>
        <source>This model has its guidance built in and takes no negative prompt.</source>
        <translation>此模型内置引导，不接受反向提示词。</translation>
    </message>
    <message>
        <location filename="../../engine/samplers/levels.py"/>
        <source>This model knows {count} noise levels, and so many steps at most.</source>
        <translation>此模型有 {count} 个噪声级，步数最多也只能是这么多。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/tokens.py"/>
        <source>This system has no keyring that the token could be kept in.</source>
        <translation>此系统没有可保存令牌的密钥环。</translation>
    </message>
    <message>
        <location filename="../../engine/library/budget.py"/>
        <source>This takes about {wants} GB of memory, and the memory budget is {has} GB.</source>
        <translation>这约需 {wants} GB 内存，而内存上限是 {has} GB。</translation>
    </message>
    <message>
        <location filename="../../engine/export/writers.py"/>
        <source>Those of newly made pictures are, as long as the settings give them room.</source>
        <translation>新生成图片的步骤会保留，只要设置中给的空间够用。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/starts.py"/>
        <source>Three samplers, each with few and with many steps.</source>
        <translation>三种采样器，步数由少到多。</translation>
    </message>
    <message>
        <location filename="../../engine/lanes.py"/>
        <source>Try --dtype float32, or a lower guidance.</source>
        <translation>请改用 float32（--dtype float32），或降低引导强度。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/database.py"/>
        <source>Try again in a moment.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>Try again later, or from another network.</source>
        <translation>请稍后再试，或换个网络。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/marks.py"/>
        <source>Try again.</source>
        <translation>请重试。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/child.py"/>
        <source>Try again; what has arrived is kept.</source>
        <translation>请重试；已下载的部分会保留。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>Try another place.</source>
        <translation>请换个位置。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>Try it later.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>Try it without one.</source>
        <translation>请不带令牌再试。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/decoding.py"/>
        <source>Turn it into a PNG or WebP.</source>
        <translation>请转为 PNG 或 WebP。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/axes.py"/>
        <source>Type words of the prompt, a comma, and what to put in their place.</source>
        <translation>输入提示词中的词、逗号，再输入要替换成的词。</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>UniPC</source>
        <translation>UniPC</translation>
    </message>
    <message>
        <location filename="../../resources/samplers.toml"/>
        <source>UniPC is deterministic and adds no noise.</source>
        <translation>UniPC 是确定性的，不加噪声。</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>Unpack it first.</source>
        <translation>请先解压。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/child.py"/>
        <source>Unset it, and try again.</source>
        <translation>请取消该设置后重试。</translation>
    </message>
    <message>
        <location filename="../../engine/device.py"/>
        <source>Use --device auto; the command `doctor` says what there is.</source>
        <translation>请用 --device auto；命令 doctor 会列出可用设备。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/index.py"/>
        <source>Use that one, or close it.</source>
        <translation>请使用那一个，或将它关闭。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/database.py"/>
        <source>Wait until it has.</source>
        <translation>请等它完成。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/download.py"/>
        <source>Wait until that is over.</source>
        <translation>请等它结束。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/starts.py"/>
        <source>What fresh noise at every step does to DDIM.</source>
        <translation>每步加入新噪声对 DDIM 的影响。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>What has arrived is kept; the same again goes on from there.</source>
        <translation>已下载的部分会保留；重试即从那里继续。</translation>
    </message>
    <message>
        <location filename="../../engine/wording/weights.py"/>
        <source>What should stay out of the picture goes into the negative prompt.</source>
        <translation>不希望出现的内容请写入反向提示词。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/keepsakes.py"/>
        <source>Which pictures are favourites cannot be told now: {error}.</source>
        <translation>目前无法得知哪些图片已收藏：{error}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/store.py"/>
        <source>Windows keeps this name for itself</source>
        <translation>这是 Windows 保留的名称</translation>
    </message>
    <message>
        <location filename="../../engine/wording/weights.py"/>
        <source>Write \( and \) for parentheses that are only text.</source>
        <translation>普通括号请写成 \( \)。</translation>
    </message>
    <message>
        <location filename="../../engine/library/lora.py"/>
        <source>a LoRA with an embedding in it</source>
        <translation>内含嵌入的 LoRA</translation>
    </message>
    <message>
        <location filename="../../engine/compare/keep.py"/>
        <source>a cell is a picture that there can be</source>
        <translation>每个格都是可以有的图片</translation>
    </message>
    <message>
        <location filename="../../engine/library/lora.py"/>
        <source>a difference of whole weights</source>
        <translation>完整权重的差值</translation>
    </message>
    <message>
        <location filename="../../engine/compare/keep.py"/>
        <source>a grid has no more places than a comparison can have</source>
        <translation>网格的位置不多于对比所能有的</translation>
    </message>
    <message>
        <location filename="../../engine/library/headers.py"/>
        <source>a name is there twice</source>
        <translation>其中有重复的名称</translation>
    </message>
    <message>
        <location filename="../../engine/recipe.py"/>
        <source>adapters</source>
        <translation>附加模型</translation>
    </message>
    <message>
        <location filename="../../engine/library/embeddings.py"/>
        <source>an embedding has 1 to {most_vectors} vectors, and it has others</source>
        <translation>嵌入应有 1 到 {most_vectors} 个向量，而它不是</translation>
    </message>
    <message>
        <location filename="../../engine/library/pickled.py"/>
        <source>asks for {asked}, which may run code</source>
        <translation>要求 {asked}，可能运行代码</translation>
    </message>
    <message>
        <location filename="../../engine/recipe.py"/>
        <source>branch</source>
        <translation>分支</translation>
    </message>
    <message>
        <location filename="../../engine/library/pickled.py"/>
        <source>builds what is no tensor</source>
        <translation>构造了张量以外的内容</translation>
    </message>
    <message>
        <location filename="../../engine/styles.py"/>
        <source>choose from {known}</source>
        <translation>请从 {known} 中选择</translation>
    </message>
    <message>
        <location filename="../../engine/recipe.py"/>
        <source>clip skip</source>
        <translation>clip skip</translation>
    </message>
    <message>
        <location filename="../../engine/compare/words.py"/>
        <source>default schedule</source>
        <translation>默认调度</translation>
    </message>
    <message>
        <location filename="../../engine/library/pickled.py"/>
        <source>does what no tensors need ({name})</source>
        <translation>做了张量不需要的操作（{name}）</translation>
    </message>
    <message>
        <location filename="../../engine/recipe.py"/>
        <source>embeddings</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <location filename="../../engine/recipe.py"/>
        <source>eta</source>
        <translation>eta</translation>
    </message>
    <message>
        <location filename="../../engine/recipe.py"/>
        <source>guidance</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <location filename="../../engine/library/lora.py"/>
        <source>half of what it adds to {layer} is missing</source>
        <translation>缺少它对 {layer} 改动的一半</translation>
    </message>
    <message>
        <location filename="../../engine/library/pickled.py"/>
        <source>has a tensor of no sane size</source>
        <translation>含有尺寸不合理的张量</translation>
    </message>
    <message>
        <location filename="../../engine/library/pickled.py"/>
        <source>has a tensor whose numbers do not lie in a row</source>
        <translation>含有数值不连续的张量</translation>
    </message>
    <message>
        <location filename="../../engine/library/pickled.py"/>
        <source>has no end</source>
        <translation>没有结尾</translation>
    </message>
    <message>
        <location filename="../../engine/library/pickled.py"/>
        <source>has numbers of a kind that is not known</source>
        <translation>含有无法识别的数值类型</translation>
    </message>
    <message>
        <location filename="../../engine/recipe.py"/>
        <source>height</source>
        <translation>高度</translation>
    </message>
    <message>
        <location filename="../../engine/library/pickled.py"/>
        <source>is larger than any real one</source>
        <translation>大于任何真实文件</translation>
    </message>
    <message>
        <location filename="../../engine/library/pickled.py"/>
        <source>is not laid out as torch does it</source>
        <translation>不是 torch 的存储结构</translation>
    </message>
    <message>
        <location filename="../../engine/library/preflight.py"/>
        <source>it asks for {entry} as its {name}, which is not on the list of parts</source>
        <translation>它要求以 {entry} 作为 {name}，但部件清单中没有</translation>
    </message>
    <message>
        <location filename="../../engine/library/embeddings.py"/>
        <source>it cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/networks.py"/>
        <source>it changed while it was read</source>
        <translation>读取期间它被改动了</translation>
    </message>
    <message>
        <location filename="../../engine/library/lora.py"/>
        <source>it changes {layer} twice</source>
        <translation>它两次改动 {layer}</translation>
    </message>
    <message>
        <location filename="../../engine/library/lora.py"/>
        <source>it changes {stem}, which is not in it</source>
        <translation>它要改动模型中没有的 {stem}</translation>
    </message>
    <message>
        <location filename="../../engine/library/headers.py"/>
        <source>it ends within its table of contents</source>
        <translation>文件在目录部分就中断了</translation>
    </message>
    <message>
        <location filename="../../engine/library/settings.py"/>
        <source>it holds more settings than any real one</source>
        <translation>其中的设置多于任何真实模型</translation>
    </message>
    <message>
        <location filename="../../engine/library/preflight.py"/>
        <source>it holds more than {most_files} files</source>
        <translation>其中的文件超过 {most_files} 个</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>it holds no VAE, only the rest of a model</source>
        <translation>其中没有 VAE，只有模型的其余部分</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>it holds no text model, only the rest of one</source>
        <translation>其中没有文本模型，只有其余部分</translation>
    </message>
    <message>
        <location filename="../../engine/library/headers.py"/>
        <source>it holds no weights</source>
        <translation>其中没有权重</translation>
    </message>
    <message>
        <location filename="../../engine/library/checkpoint.py"/>
        <source>it holds no {name}</source>
        <translation>其中没有 {name}</translation>
    </message>
    <message>
        <location filename="../../engine/library/embeddings.py"/>
        <source>it holds not-a-number</source>
        <translation>其中含有无效数值（NaN）</translation>
    </message>
    <message>
        <location filename="../../engine/hub/choosing.py"/>
        <source>it holds several models</source>
        <translation>其中有多个模型</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>it is SDXL's refiner, which makes no pictures</source>
        <translation>它是 SDXL 的精修模型，不能生成图片</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>it is a .ckpt or .pt file or another zip archive, which may run code</source>
        <translation>它是 .ckpt、.pt 或其他 zip 压缩包，可能运行代码</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>it is a 7z archive</source>
        <translation>它是 7z 压缩包</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>it is a ControlNet, not a model</source>
        <translation>它是 ControlNet，不是模型</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>it is a CosXL model, whose noise is of another kind</source>
        <translation>它是 CosXL 模型，其噪声属于另一种类型</translation>
    </message>
    <message>
        <location filename="../../engine/library/peft.py"/>
        <source>it is a DoRA, which is not supported</source>
        <translation>它是 DoRA，不受支持</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>it is a Flux model</source>
        <translation>它是 Flux 模型</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>it is a GGUF file, which is not supported</source>
        <translation>它是 GGUF 文件，不受支持</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>it is a LoRA, which changes a model and is none by itself</source>
        <translation>它是 LoRA，用来修改模型，本身不是模型</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>it is a Playground 2.5 model, whose noise is of another kind</source>
        <translation>它是 Playground 2.5 模型，其噪声属于另一种类型</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>it is a RAR archive</source>
        <translation>它是 RAR 压缩包</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>it is a Stable Diffusion 3 model</source>
        <translation>它是 Stable Diffusion 3 模型</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>it is a VAE, not a whole model</source>
        <translation>它是 VAE，不是完整模型</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>it is a gzip archive</source>
        <translation>它是 gzip 压缩包</translation>
    </message>
    <message>
        <location filename="../../engine/library/preflight.py"/>
        <source>it is a link out of its folder</source>
        <translation>它是指向文件夹外的链接</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>it is a model for changing pictures (inpainting, depth), not for making them</source>
        <translation>它是用于修改图片（重绘、深度）的模型，不是用于生成的</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>it is a model for changing pictures (unCLIP)</source>
        <translation>它是用于修改图片的模型（unCLIP）</translation>
    </message>
    <message>
        <location filename="../../engine/library/preflight.py"/>
        <source>it is a model of the kind {pipeline}</source>
        <translation>它是 {pipeline} 类型的模型</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>it is a pickle (.ckpt, .pt, .bin), which may run code</source>
        <translation>它是 pickle（.ckpt、.pt、.bin），可能运行代码</translation>
    </message>
    <message>
        <location filename="../../engine/library/pickled.py"/>
        <source>it is a pickle that {error}</source>
        <translation>它是 pickle，且{error}</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>it is a picture</source>
        <translation>它是图片</translation>
    </message>
    <message>
        <location filename="../../engine/library/opening.py"/>
        <source>it is a pipe or a device, not a file</source>
        <translation>它是管道或设备，不是文件</translation>
    </message>
    <message>
        <location filename="../../engine/library/preflight.py"/>
        <source>it is a program</source>
        <translation>它是程序</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>it is a web page, not a model</source>
        <translation>它是网页，不是模型</translation>
    </message>
    <message>
        <location filename="../../engine/library/peft.py"/>
        <source>it is a {kind} of PEFT's, which is not supported</source>
        <translation>它是 PEFT 的 {kind}，不受支持</translation>
    </message>
    <message>
        <location filename="../../engine/library/folder.py"/>
        <source>it is a {said}, not a {kind}</source>
        <translation>它是 {said}，不是 {kind}</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>it is an HDF5 file, which is not supported</source>
        <translation>它是 HDF5 文件，不受支持</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>it is an embedding (textual inversion), not a model</source>
        <translation>它是嵌入（Textual Inversion），不是模型</translation>
    </message>
    <message>
        <location filename="../../engine/library/headers.py"/>
        <source>it is cut off: {have} of {need} MB are there</source>
        <translation>文件不完整：{need} MB 中只有 {have} MB</translation>
    </message>
    <message>
        <location filename="../../engine/library/pickled.py"/>
        <source>it is damaged</source>
        <translation>它已损坏</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>it is empty</source>
        <translation>它是空的</translation>
    </message>
    <message>
        <location filename="../../engine/library/embeddings.py"/>
        <source>it is larger than any embedding</source>
        <translation>它大于任何嵌入</translation>
    </message>
    <message>
        <location filename="../../engine/library/settings.py"/>
        <source>it is larger than any real one</source>
        <translation>它大于任何真实模型</translation>
    </message>
    <message>
        <location filename="../../engine/library/vaes.py"/>
        <source>it is made for another kind of model: it scales by {told}, not by {scale}</source>
        <translation>它用于另一类模型：缩放系数是 {told}，不是 {scale}</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/decoders.py"/>
        <source>it is made for another kind of model: its latents have another shape</source>
        <translation>它用于另一类模型：潜变量的形状不同</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/learned.py"/>
        <source>it is made for another kind of model: its vectors are {told} numbers long, and {wanted} are wanted</source>
        <translation>它用于另一类模型：向量长度是 {told}，而需要 {wanted}</translation>
    </message>
    <message>
        <location filename="../../engine/library/lora.py"/>
        <source>it is made for another kind of model{told_base}</source>
        <translation>它用于另一类模型{told_base}</translation>
    </message>
    <message>
        <location filename="../../engine/library/headers.py"/>
        <source>it is missing</source>
        <translation>缺少它</translation>
    </message>
    <message>
        <location filename="../../engine/library/lora.py"/>
        <source>it is no LoRA</source>
        <translation>它不是 LoRA</translation>
    </message>
    <message>
        <location filename="../../engine/library/vaes.py"/>
        <source>it is no VAE</source>
        <translation>它不是 VAE</translation>
    </message>
    <message>
        <location filename="../../engine/library/embeddings.py"/>
        <source>it is no embedding</source>
        <translation>它不是嵌入</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>it is not a safetensors file</source>
        <translation>它不是 safetensors 文件</translation>
    </message>
    <message>
        <location filename="../../engine/library/settings.py"/>
        <source>it is not a table of settings</source>
        <translation>它不是设置表</translation>
    </message>
    <message>
        <location filename="../../engine/styles.py"/>
        <source>it is not text in UTF-8</source>
        <translation>它不是 UTF-8 文本</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>it is one network of a model; choose the folder that it belongs to</source>
        <translation>它只是模型的一个网络；请选择它所属的文件夹</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>it is only a pointer to a file that git lfs keeps</source>
        <translation>它只是指向 git lfs 文件的指针</translation>
    </message>
    <message>
        <location filename="../../engine/library/content.py"/>
        <source>it is text, not a model</source>
        <translation>它是文本，不是模型</translation>
    </message>
    <message>
        <location filename="../../engine/library/lora.py"/>
        <source>it is {other}, which is not supported</source>
        <translation>它是 {other}，不受支持</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/store.py"/>
        <source>it may have {longest_name} characters at most</source>
        <translation>最多 {longest_name} 个字符</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/store.py"/>
        <source>it may not be empty, nor begin or end with a blank or a dot</source>
        <translation>不能为空，也不能以空格或句点开头或结尾</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/store.py"/>
        <source>it may not have any of &lt; &gt; : " / \ | ? * or unprintable characters in it</source>
        <translation>不能含有 &lt; &gt; : " / \ | ? * 或不可打印字符</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/process.py"/>
        <source>it predicts {prediction}, which is not known</source>
        <translation>它的预测类型 {prediction} 无法识别</translation>
    </message>
    <message>
        <location filename="../../engine/library/settings.py"/>
        <source>it wants {value} {key}, more than any real one</source>
        <translation>它要求 {value} 个 {key}，多于任何真实模型</translation>
    </message>
    <message>
        <location filename="../../engine/library/peft.py"/>
        <source>it was begun as {begun}, which changes the model itself as well</source>
        <translation>它以 {begun} 方式初始化，会同时改变模型本身</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/together.py"/>
        <source>its UNet is told of sizes and words in {told} numbers, and reads {added}</source>
        <translation>其 UNet 得到的尺寸和文字共 {told} 个数值，而它读取 {added} 个</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/together.py"/>
        <source>its VAE makes latents of {latent_channels} channels, and its UNet takes {in_channels}</source>
        <translation>其 VAE 的潜变量有 {latent_channels} 个通道，而 UNet 需要 {in_channels} 个</translation>
    </message>
    <message>
        <location filename="../../engine/library/folder.py"/>
        <source>its addition_embed_type {added} does not go with its pipeline</source>
        <translation>其 addition_embed_type {added} 与管线不符</translation>
    </message>
    <message>
        <location filename="../../engine/library/single_file.py"/>
        <source>its blocks are not as deep on its way up as down</source>
        <translation>它上行各块的深度与下行不同</translation>
    </message>
    <message>
        <location filename="../../engine/library/folder.py"/>
        <source>its configuration and its weights disagree about guidance</source>
        <translation>其配置与权重在引导上不一致</translation>
    </message>
    <message>
        <location filename="../../engine/library/folder.py"/>
        <source>its configuration describes a larger network than its weights are</source>
        <translation>其配置描述的网络大于实际权重</translation>
    </message>
    <message>
        <location filename="../../engine/library/checkpoint.py"/>
        <source>its configuration lacks the sizes</source>
        <translation>其配置缺少尺寸</translation>
    </message>
    <message>
        <location filename="../../engine/styles.py"/>
        <source>its first line names no column 'name'</source>
        <translation>第一行没有名为 name 的列</translation>
    </message>
    <message>
        <location filename="../../engine/library/folder.py"/>
        <source>its latents are shifted or scaled one by one, which is unsupported</source>
        <translation>它的潜变量逐通道平移或缩放，暂不支持</translation>
    </message>
    <message>
        <location filename="../../engine/library/peft.py"/>
        <source>its lora_alpha of {alpha} makes no sense</source>
        <translation>其 lora_alpha 为 {alpha}，没有意义</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/process.py"/>
        <source>its noise levels end with noise alone (zero terminal SNR), but it predicts noise</source>
        <translation>其噪声级别以纯噪声结束（零终端信噪比），但它预测的是噪声</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/process.py"/>
        <source>its noise schedule {named} is not supported</source>
        <translation>其噪声调度 {named} 不受支持</translation>
    </message>
    <message>
        <location filename="../../engine/library/headers.py"/>
        <source>its numbers are of a kind that is not known, {dtype}</source>
        <translation>其数值类型 {dtype} 无法识别</translation>
    </message>
    <message>
        <location filename="../../engine/library/lora.py"/>
        <source>its rank of {rank} is beyond any real one</source>
        <translation>其秩 {rank} 大于任何真实的 LoRA</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/process.py"/>
        <source>its scheduler wants {wanted}, which is not supported</source>
        <translation>其调度器要求 {wanted}，不受支持</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/process.py"/>
        <source>its scheduler's noise levels make no sense</source>
        <translation>其调度器的噪声级不合理</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/process.py"/>
        <source>its scheduler's steps_offset of {offset} makes no sense</source>
        <translation>其调度器的 steps_offset 为 {offset}，没有意义</translation>
    </message>
    <message>
        <location filename="../../engine/library/settings.py"/>
        <source>its setting {key} asks for code to be run</source>
        <translation>其设置 {key} 要求运行代码</translation>
    </message>
    <message>
        <location filename="../../engine/library/settings.py"/>
        <source>its settings are nested deeper than any real ones</source>
        <translation>其设置的嵌套深于任何真实模型</translation>
    </message>
    <message>
        <location filename="../../engine/library/peft.py"/>
        <source>its settings tell a rank of {told} for {layer}, which has {rank}</source>
        <translation>其设置称 {layer} 的秩为 {told}，实际为 {rank}</translation>
    </message>
    <message>
        <location filename="../../engine/library/headers.py"/>
        <source>its table of contents contradicts itself</source>
        <translation>其目录自相矛盾</translation>
    </message>
    <message>
        <location filename="../../engine/library/headers.py"/>
        <source>its table of contents is damaged</source>
        <translation>其目录已损坏</translation>
    </message>
    <message>
        <location filename="../../engine/library/headers.py"/>
        <source>its table of contents is larger than any real one</source>
        <translation>其目录大于任何真实模型</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/together.py"/>
        <source>its text encoder reads {max_position_embeddings} tokens, not {chunk}</source>
        <translation>其文本编码器读取 {max_position_embeddings} 个词元，而不是 {chunk} 个</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/together.py"/>
        <source>its text encoders answer with {states} numbers, and its UNet reads {width}</source>
        <translation>其文本编码器给出 {states} 个数值，而 UNet 读取 {width} 个</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/together.py"/>
        <source>its vocabulary has words beyond the {vocab_size} that its encoder knows</source>
        <translation>其词表中的词超出了编码器认识的 {vocab_size} 个</translation>
    </message>
    <message>
        <location filename="../../engine/library/vocabulary.py"/>
        <source>its vocabulary is none of CLIP's</source>
        <translation>其词表不是 CLIP 的词表</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>its weights are kept as scaled float8 numbers, which are not supported</source>
        <translation>它的权重存为带缩放的 float8 数值，暂不支持</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>its weights are of no model that is known</source>
        <translation>其权重不属于任何已知模型</translation>
    </message>
    <message>
        <location filename="../../engine/library/folder.py"/>
        <source>its weights are pickles (.bin), which may run code</source>
        <translation>其权重是 pickle（.bin），可能运行代码</translation>
    </message>
    <message>
        <location filename="../../engine/hub/choosing.py"/>
        <source>its weights are pickles, which may run code</source>
        <translation>其权重是 pickle，可能运行代码</translation>
    </message>
    <message>
        <location filename="../../engine/library/families.py"/>
        <source>its weights are scaled numbers of a few bits, which are not supported</source>
        <translation>其权重是带缩放的低位数值，不受支持</translation>
    </message>
    <message>
        <location filename="../../engine/library/settings.py"/>
        <source>its {key} of {value} is beyond any real one</source>
        <translation>其 {key} 为 {value}，超出任何真实模型</translation>
    </message>
    <message>
        <location filename="../../engine/library/preflight.py"/>
        <source>its {kind} is for noise of another kind</source>
        <translation>其 {kind} 用于另一种噪声</translation>
    </message>
    <message>
        <location filename="../../engine/library/folder.py"/>
        <source>its {name} is not supported</source>
        <translation>不支持其 {name}</translation>
    </message>
    <message>
        <location filename="../../engine/library/peft.py"/>
        <source>its {name} makes no sense</source>
        <translation>其 {name} 没有意义</translation>
    </message>
    <message>
        <location filename="../../engine/library/peft.py"/>
        <source>its {name} names layers by a rule, which is not supported</source>
        <translation>其 {name} 用规则指代层，不受支持</translation>
    </message>
    <message>
        <location filename="../../engine/hub/choosing.py"/>
        <source>its {path} is larger than any real one</source>
        <translation>其 {path} 大于任何真实文件</translation>
    </message>
    <message>
        <location filename="../../engine/recipe.py"/>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <location filename="../../engine/compare/words.py"/>
        <source>model calls</source>
        <translation>模型调用</translation>
    </message>
    <message>
        <location filename="../../engine/library/pickled.py"/>
        <source>names more numbers than are there</source>
        <translation>声明的数值多于实际</translation>
    </message>
    <message>
        <location filename="../../engine/compare/axes.py"/>
        <source>names of models</source>
        <translation>模型名称</translation>
    </message>
    <message>
        <location filename="../../engine/recipe.py"/>
        <source>negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/marks.py"/>
        <source>no reason given</source>
        <translation>未说明原因</translation>
    </message>
    <message>
        <location filename="../../resources/checkpoints.toml"/>
        <source>non-commercial</source>
        <translation>非商用</translation>
    </message>
    <message>
        <location filename="../../engine/library/__init__.py"/>
        <source>none was added</source>
        <translation>还没有添加过</translation>
    </message>
    <message>
        <location filename="../../engine/library/folder.py"/>
        <source>not all the files that its weights were cut into are there</source>
        <translation>权重的分卷文件不齐全</translation>
    </message>
    <message>
        <location filename="../../engine/remade.py"/>
        <source>not told</source>
        <translation>未说明</translation>
    </message>
    <message>
        <location filename="../../engine/compare/axes.py"/>
        <source>numbers from 1 to {highest_guidance}</source>
        <translation>1 到 {highest_guidance} 的数</translation>
    </message>
    <message>
        <location filename="../../engine/compare/axes.py"/>
        <source>numbers from {lowest} to {highest}</source>
        <translation>{lowest} 到 {highest} 的数</translation>
    </message>
    <message>
        <location filename="../../engine/recipe.py"/>
        <source>prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <location filename="../../engine/recipe.py"/>
        <source>sampler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <location filename="../../engine/recipe.py"/>
        <source>schedule</source>
        <translation>噪声调度</translation>
    </message>
    <message>
        <location filename="../../engine/recipe.py"/>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <location filename="../../engine/library/vaes.py"/>
        <source>some weights of a VAE are missing in it</source>
        <translation>其中缺少 VAE 的部分权重</translation>
    </message>
    <message>
        <location filename="../../engine/library/single_file.py"/>
        <source>some weights of {name} are missing in it</source>
        <translation>其中缺少 {name} 的部分权重</translation>
    </message>
    <message>
        <location filename="../../engine/library/headers.py"/>
        <source>something is hidden behind its weights</source>
        <translation>权重之后藏有其他内容</translation>
    </message>
    <message>
        <location filename="../../engine/compare/film.py"/>
        <source>step {step} of {len}</source>
        <translation>第 {step}/{len} 步</translation>
    </message>
    <message>
        <location filename="../../engine/recipe.py"/>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/formats/novelai.py"/>
        <source>the characters' own prompts</source>
        <translation>角色各自的提示词</translation>
    </message>
    <message>
        <location filename="../../engine/hub/fetch.py"/>
        <source>the disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <location filename="../../engine/library/headers.py"/>
        <source>the notes in it are not words</source>
        <translation>其中的说明不是文字</translation>
    </message>
    <message>
        <location filename="../../engine/library/lora.py"/>
        <source>the parts of what it adds to {layer} do not fit one another</source>
        <translation>它为 {layer} 添加的各部分互不相符</translation>
    </message>
    <message>
        <location filename="../../engine/library/pickled.py"/>
        <source>the pickle in it is damaged</source>
        <translation>其中的 pickle 已损坏</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/formats/comfy.py"/>
        <source>the picture it began with</source>
        <translation>起始图片</translation>
    </message>
    <message>
        <location filename="../../engine/library/lora.py"/>
        <source>the ranks of its halves for {layer} differ: {rank} and {shape}</source>
        <translation>其中 {layer} 两部分的秩不同：{rank} 和 {shape}</translation>
    </message>
    <message>
        <location filename="../../engine/compare/axes.py"/>
        <source>the schedules {schedules}</source>
        <translation>噪声调度 {schedules}</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/encoders.py"/>
        <source>the vocabulary in it is damaged</source>
        <translation>其中的词表已损坏</translation>
    </message>
    <message>
        <location filename="../../engine/library/folder.py"/>
        <source>the weights, {stem}.safetensors, are missing</source>
        <translation>缺少权重 {stem}.safetensors</translation>
    </message>
    <message>
        <location filename="../../engine/styles.py"/>
        <source>there are none yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <location filename="../../engine/hub/choosing.py"/>
        <source>there is no model in it that Etascope knows</source>
        <translation>其中没有 Etascope 认识的模型</translation>
    </message>
    <message>
        <location filename="../../engine/hub/choosing.py"/>
        <source>there is no {file} in it</source>
        <translation>其中没有 {file}</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/galleries.py"/>
        <source>there is none here</source>
        <translation>这里没有</translation>
    </message>
    <message>
        <location filename="../../engine/library/__init__.py"/>
        <source>those that were added are {added}</source>
        <translation>已添加的有 {added}</translation>
    </message>
    <message>
        <location filename="../../engine/compare/words.py"/>
        <source>time of model calls</source>
        <translation>模型调用用时</translation>
    </message>
    <message>
        <location filename="../../engine/compare/words.py"/>
        <source>time of {calls}</source>
        <translation>{calls}的用时</translation>
    </message>
    <message>
        <location filename="../../engine/recipe.py"/>
        <source>vae</source>
        <translation>VAE</translation>
    </message>
    <message>
        <location filename="../../engine/hub/listing.py"/>
        <source>what is called {printable}</source>
        <translation>名为 {printable} 的内容</translation>
    </message>
    <message>
        <location filename="../../engine/library/lora.py"/>
        <source>what it adds to {layer} is of no shape that is known</source>
        <translation>它对 {layer} 的改动形状无法识别</translation>
    </message>
    <message>
        <location filename="../../engine/compare/axes.py"/>
        <source>whole numbers from 0 to {value}</source>
        <translation>0 到 {value} 的整数</translation>
    </message>
    <message>
        <location filename="../../engine/compare/axes.py"/>
        <source>whole numbers from 1 to {most_steps}</source>
        <translation>1 到 {most_steps} 的整数</translation>
    </message>
    <message>
        <location filename="../../engine/recipe.py"/>
        <source>width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <location filename="../../engine/remade.py"/>
        <source>within rounding</source>
        <translation>在舍入误差内</translation>
    </message>
    <message>
        <location filename="../../engine/draft.py"/>
        <source>{below} or {above}</source>
        <translation>{below} 或 {above}</translation>
    </message>
    <message>
        <location filename="../../engine/draft.py"/>
        <source>{clip_skip} to {layers}</source>
        <translation>{clip_skip} 到 {layers}</translation>
    </message>
    <message>
        <location filename="../../engine/draft.py"/>
        <source>{clip_skip}, as its text model has no more layers</source>
        <translation>{clip_skip}，因为其文本模型没有更多层</translation>
    </message>
    <message>
        <location filename="../../engine/hub/names.py"/>
        <source>{file} is no .safetensors file at the top of a repository.</source>
        <translation>{file} 不是仓库顶层的 .safetensors 文件。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/marks.py"/>
        <source>{folder} cannot be locked: {reason}.</source>
        <translation>无法锁定 {folder}：{reason}。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/begun.py"/>
        <source>{folder} could not be removed: {strerror}.</source>
        <translation>无法删除 {folder}：{strerror}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>{folder} is not a folder.</source>
        <translation>{folder} 不是文件夹。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>{folder} is on a disk that is read-only.</source>
        <translation>{folder} 所在的磁盘是只读的。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>{folder} may not be written to.</source>
        <translation>无权写入 {folder}。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>{host} asks to wait {wait} before it gives more.</source>
        <translation>{host} 要求等待 {wait}再继续。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>{host} cannot be reached.</source>
        <translation>无法连接 {host}。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>{host} has no {what}.</source>
        <translation>{host} 上没有 {what}。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>{host} is out of order (it answers {status}).</source>
        <translation>{host} 出现故障（返回 {status}）。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>{host} refuses to give {what} (it answers {status}).</source>
        <translation>{host} 拒绝提供 {what}（返回 {status}）。</translation>
    </message>
    <message>
        <location filename="../../engine/library/preflight.py"/>
        <source>{index} is missing</source>
        <translation>缺少 {index}</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/query.py"/>
        <source>{key} cannot be compared with {op}; it was left out.</source>
        <translation>{key} 不能用 {op} 比较；已略过。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/query.py"/>
        <source>{key} is a number, not {shown}; it was left out.</source>
        <translation>{key} 应为数字，不能是 {shown}；已略过。</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/networks.py"/>
        <source>{kind} lacks weights ({join})</source>
        <translation>{kind} 缺少权重（{join}）</translation>
    </message>
    <message>
        <location filename="../../engine/library/preflight.py"/>
        <source>{known} models can be used.</source>
        <translation>可以使用 {known} 模型。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/metadata.py"/>
        <source>{label} cannot take its eta {eta}.</source>
        <translation>{label} 不接受它的 eta {eta}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/metadata.py"/>
        <source>{label} has no schedule {shown} here.</source>
        <translation>{label} 在这里没有噪声调度 {shown}。</translation>
    </message>
    <message>
        <location filename="../../engine/draft.py"/>
        <source>{label} takes no eta: {without_eta}</source>
        <translation>{label} 不能设置 eta：{without_eta}</translation>
    </message>
    <message>
        <location filename="../../engine/draft.py"/>
        <source>{label} takes the schedules {accepted}, not {name}.</source>
        <translation>{label} 只接受噪声调度 {accepted}，不接受 {name}。</translation>
    </message>
    <message>
        <location filename="../../engine/library/lora.py"/>
        <source>{layer} is {wanted} in it, and is changed as {made}</source>
        <translation>其中 {layer} 是 {wanted}，却按 {made} 改动</translation>
    </message>
    <message>
        <location filename="../../engine/compare/keep.py"/>
        <source>{len} pictures</source>
        <translation>{len} 张图片</translation>
    </message>
    <message>
        <location filename="../../engine/draft.py"/>
        <source>{lowest} to {highest}</source>
        <translation>{lowest} 到 {highest}</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>{max} seconds</source>
        <translation>{max} 秒</translation>
    </message>
    <message>
        <location filename="../../engine/export/writers.py"/>
        <source>{message} It was left out.</source>
        <translation>{message}已略过。</translation>
    </message>
    <message>
        <location filename="../../engine/export/contact.py"/>
        <source>{message} Its place is empty.</source>
        <translation>{message}它的位置留空。</translation>
    </message>
    <message>
        <location filename="../../engine/library/vocabulary.py"/>
        <source>{model} has no vocabulary of its own, and none of {words} words is on this machine.</source>
        <translation>{model} 没有自带词表，本机也没有 {words} 个词的词表。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>{name} arrived damaged twice: it is not what the server says it has.</source>
        <translation>{name} 两次下载都已损坏：与服务器声明的内容不符。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/fetch.py"/>
        <source>{name} could not be written: {reason}.</source>
        <translation>无法写入 {name}：{reason}。</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/networks.py"/>
        <source>{name} holds no real numbers but {dtype}</source>
        <translation>{name} 不是实数，而是 {dtype}</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/networks.py"/>
        <source>{name} holds not-a-number</source>
        <translation>{name} 含有无效数值（NaN）</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/networks.py"/>
        <source>{name} in {kind} has another shape than its configuration says</source>
        <translation>{kind} 中的 {name} 形状与配置不符</translation>
    </message>
    <message>
        <location filename="../../engine/hub/begun.py"/>
        <source>{name} is being got just now.</source>
        <translation>{name} 正在下载中。</translation>
    </message>
    <message>
        <location filename="../../engine/checkpoints/networks.py"/>
        <source>{name} keeps {name2}, which is not known</source>
        <translation>{name} 保存了无法识别的 {name2}</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/metadata.py"/>
        <source>{notes} Its clip skip of {skip} cannot be here; the usual one is used.</source>
        <translation>{notes}此模型不能用 clip skip {skip}；改用默认值。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/galleries.py"/>
        <source>{old} cannot be renamed: {strerror}.</source>
        <translation>无法重命名 {old}：{strerror}。</translation>
    </message>
    <message>
        <location filename="../../engine/remade.py"/>
        <source>{package} was {old}, and is {package2} here.</source>
        <translation>{package} 当时是 {old}，这里是 {package2}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>{path} already exists.</source>
        <translation>{path} 已存在。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/galleries.py"/>
        <source>{path} cannot be put into the trash: {value}.</source>
        <translation>无法将 {path} 移入回收站：{value}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/decoding.py"/>
        <source>{path} cannot be read as a PNG, JPEG, WebP or AVIF picture.</source>
        <translation>无法将 {path} 作为 PNG、JPEG、WebP 或 AVIF 图片读取。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/marks.py"/>
        <source>{path} cannot be read: {strerror}.</source>
        <translation>无法读取 {path}：{strerror}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/metadata.py"/>
        <source>{path} carries no settings that can be read.</source>
        <translation>{path} 中没有可读取的参数。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/decoding.py"/>
        <source>{path} claims {width} x {height} pixels, too many to open.</source>
        <translation>{path} 声称有 {width} x {height} 像素，太大而无法打开。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>{path} could not be written: {strerror}.</source>
        <translation>无法写入 {path}：{strerror}。</translation>
    </message>
    <message>
        <location filename="../../engine/remade.py"/>
        <source>{path} does not tell all that decided it.</source>
        <translation>{path} 没有记录决定它的全部参数。</translation>
    </message>
    <message>
        <location filename="../../engine/styles.py"/>
        <source>{path} holds no styles that can be read: {reason}.</source>
        <translation>{path} 中没有可读取的风格：{reason}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>{path} is a folder, not a file.</source>
        <translation>{path} 是文件夹，不是文件。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/decoding.py"/>
        <source>{path} is an AVIF, which this Pillow cannot read.</source>
        <translation>{path} 是 AVIF，这个 Pillow 不能读取。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/marks.py"/>
        <source>{path} is damaged and cannot be put aside: {strerror}.</source>
        <translation>{path} 已损坏，且无法移开：{strerror}。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/marks.py"/>
        <source>{path} is damaged.</source>
        <translation>{path} 已损坏。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/decoding.py"/>
        <source>{path} is not a file.</source>
        <translation>{path} 不是文件。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>{path} is not a name that a file can have.</source>
        <translation>{path} 不能用作文件名。</translation>
    </message>
    <message>
        <location filename="../../engine/trajectory.py"/>
        <source>{path} is not a trajectory that can be read.</source>
        <translation>{path} 不是可读取的轨迹文件。</translation>
    </message>
    <message>
        <location filename="../../engine/remade.py"/>
        <source>{path} is not as large as its settings say.</source>
        <translation>{path} 的大小与其参数不符。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/decoding.py"/>
        <source>{path} is too large to be opened.</source>
        <translation>{path} 太大，无法打开。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/decoding.py"/>
        <source>{path} may not be read.</source>
        <translation>无权读取 {path}。</translation>
    </message>
    <message>
        <location filename="../../engine/remade.py"/>
        <source>{path} was cancelled after step {step} of {steps}.</source>
        <translation>{path} 在第 {step}/{steps} 步之后被取消。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/files.py"/>
        <source>{path} would be larger than is allowed there.</source>
        <translation>{path} 会超过该处允许的大小。</translation>
    </message>
    <message>
        <location filename="../../engine/export/steps.py"/>
        <source>{pictures} of its pictures are not there.</source>
        <translation>其中 {pictures} 张图片不存在。</translation>
    </message>
    <message>
        <location filename="../../engine/library/plan.py"/>
        <source>{place} cannot be used: {reason}.</source>
        <translation>无法使用 {place}：{reason}。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/choosing.py"/>
        <source>{repository} cannot be used: {reason}.</source>
        <translation>无法使用 {repository}：{reason}。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/download.py"/>
        <source>{repository} is being got already.</source>
        <translation>{repository} 正在下载中。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>{repository} is given only to those who have agreed to its licence.</source>
        <translation>{repository} 只提供给同意其许可的人。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>{repository} is not there, or not for everybody.</source>
        <translation>{repository} 不存在，或未公开。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/names.py"/>
        <source>{revision} is no revision: give a branch, a tag or a commit.</source>
        <translation>{revision} 不是版本：请给出分支、标签或提交。</translation>
    </message>
    <message>
        <location filename="../../engine/library/folders.py"/>
        <source>{root} is too large to be looked through: of the folders in it {folders} were looked into, and the others were not.</source>
        <translation>{root} 太大，无法全部查看：其中 {folders} 个文件夹已查看，其余的没有查看。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>{round} minutes</source>
        <translation>{round} 分钟</translation>
    </message>
    <message>
        <location filename="../../engine/hub/names.py"/>
        <source>{shown} holds letters that no repository's name has.</source>
        <translation>{shown} 含有仓库名不允许的字符。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/names.py"/>
        <source>{shown} is an address: give the repository's name, as in owner/name.</source>
        <translation>{shown} 是网址：请给出仓库名，如 owner/name。</translation>
    </message>
    <message>
        <location filename="../../engine/gallery/query.py"/>
        <source>{shown} is no day; write one as 2026-01-31.</source>
        <translation>{shown} 不是日期；请写成 2026-01-31 的形式。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/names.py"/>
        <source>{shown} is no name of a repository: it is written owner/name.</source>
        <translation>{shown} 不是仓库名：应写成 owner/name。</translation>
    </message>
    <message>
        <location filename="../../engine/compare/words.py"/>
        <source>{steps} steps</source>
        <translation>{steps} 步</translation>
    </message>
    <message>
        <location filename="../../engine/compare/linking.py"/>
        <source>{value} % of calls</source>
        <translation>调用进度 {value} %</translation>
    </message>
    <message>
        <location filename="../../engine/compare/words.py"/>
        <source>{value} calls</source>
        <translation>调用 {value} 次</translation>
    </message>
    <message>
        <location filename="../../engine/hub/child.py"/>
        <source>{what} from the network: HF_HUB_OFFLINE is set.</source>
        <translation>网络{what}：已设置 HF_HUB_OFFLINE。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/sentences.py"/>
        <source>{what} has no such revision.</source>
        <translation>{what} 没有这个版本。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/listing.py"/>
        <source>{what} is no name of a repository.</source>
        <translation>{what} 不是仓库名。</translation>
    </message>
    <message>
        <location filename="../../engine/hub/names.py"/>
        <source>{words} cannot be searched for: give part of a model's name.</source>
        <translation>无法搜索 {words}：请给出模型名称的一部分。</translation>
    </message>
    <message>
        <location filename="../../engine/library/extras.py"/>
        <source>{word}s are looked for in {place}.</source>
        <translation>{word} 从 {place} 中查找。</translation>
    </message>
</context>
<context>
    <name>Etascope</name>
    <message numerus="yes">
        <location filename="../../gui/compare/cells_model.py"/>
        <source>%n call(s)</source>
        <translation>
            <numerusform>调用 %n 次</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/prompt_edit.py"/>
        <source>%n chunk(s)</source>
        <translation>
            <numerusform>%n 段</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/judging.py"/>
        <source>%n comparison(s) judged</source>
        <translation>
            <numerusform>已评判 %n 组对比</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/exporting.py"/>
        <source>%n file(s) written.</source>
        <translation>
            <numerusform>已写入 %n 个文件。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/library/bar.py"/>
        <source>%n hour(s) left</source>
        <translation>
            <numerusform>剩余 %n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/library/bar.py"/>
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>剩余 %n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/cells_model.py"/>
        <source>%n model call(s)</source>
        <translation>
            <numerusform>调用模型 %n 次</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/costing.py"/>
        <source>%n model(s) to load</source>
        <translation>
            <numerusform>需加载 %n 个模型</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/library/bar.py"/>
        <source>%n more after it</source>
        <translation>
            <numerusform>之后还有 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/costing.py"/>
        <source>%n more picture(s)</source>
        <translation>
            <numerusform>再生成 %n 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/upkeep.py"/>
        <source>%n of them cannot be read.</source>
        <translation>
            <numerusform>其中 %n 个无法读取。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/costing.py"/>
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/unsaved.py"/>
        <source>%n picture(s) could not be saved and would be lost.</source>
        <translation>
            <numerusform>有 %n 张图片未能保存，将会丢失。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/window.py"/>
        <source>%n picture(s) saved after all</source>
        <translation>
            <numerusform>%n 张图片最终已保存</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/create_view.py"/>
        <source>%n picture(s) thrown away</source>
        <translation>
            <numerusform>已丢弃 %n 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/exporting.py"/>
        <source>%n picture(s) to give away</source>
        <translation>
            <numerusform>要导出 %n 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>%n place(s) left empty.</source>
        <translation>
            <numerusform>%n 处留空。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/cell_painter.py"/>
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n 步</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>%n step(s), done</source>
        <translation>
            <numerusform>%n 步，已完成</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/upkeep.py"/>
        <source>%n thing(s) are not as they should be. Nothing was changed.</source>
        <translation>
            <numerusform>有 %n 处异常。未作任何更改。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/prompt_edit.py"/>
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n 个词元</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>0, 0.5, 1  or  0-1 (+0.25)</source>
        <translation>0, 0.5, 1  或  0-1 (+0.25)</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/action_bar.py"/>
        <source>1 picture</source>
        <translation>1 张图片</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/deeds.py"/>
        <source>1 picture moved to {gallery}</source>
        <translation>已将 1 张图片移到 {gallery}</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/marks_panel.py"/>
        <source>1 star</source>
        <translation>1 星</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>1, 5, 10  or  1-9 (+2)</source>
        <translation>1, 5, 10  或  1-9 (+2)</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>1-4  or  7, 1234</source>
        <translation>1-4  或  7, 1234</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>10, 20, 50  or  10-50 (+10)</source>
        <translation>10, 20, 50  或  10-50 (+10)</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/filters.py"/>
        <source>30 days</source>
        <translation>30 天</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/filters.py"/>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>A .safetensors model.</source>
        <translation>一个 .safetensors 模型。</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_reader.py"/>
        <source>A LoRA that cannot be</source>
        <translation>LoRA 写法有误</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>A blind test needs two finished pictures that differ.</source>
        <translation>盲测需要两张已完成且不同的图片。</translation>
    </message>
    <message>
        <location filename="../../gui/branching.py"/>
        <source>A branch keeps its picture's size; set {size} again.</source>
        <translation>分支须保持原图尺寸，请改回 {size}。</translation>
    </message>
    <message>
        <location filename="../../gui/branching.py"/>
        <source>A branch keeps the model of the picture that it leaves.</source>
        <translation>分支须沿用原图的模型。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>A comparison by Etascope</source>
        <translation>Etascope 的对比</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>A favourite, or no longer</source>
        <translation>收藏或取消收藏</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/marks_panel.py"/>
        <source>A favourite; click to take that back (F).</source>
        <translation>已收藏；点击取消（F）。</translation>
    </message>
    <message>
        <location filename="../../gui/unsaved.py"/>
        <source>A folder for what is not saved</source>
        <translation>未保存图片的文件夹</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>A model, or the models of A1111, ComfyUI or InvokeAI; nothing is moved.</source>
        <translation>一个模型，或 A1111、ComfyUI、InvokeAI 的模型文件夹；不会移动任何文件。</translation>
    </message>
    <message>
        <location filename="../../gui/canvas/__init__.py"/>
        <source>A picture of {width} by {height} pixels.</source>
        <translation>一张 {width} × {height} 像素的图片。</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/timeline.py"/>
        <source>A run of %n step(s) would look different: its steps are larger.</source>
        <translation>
            <numerusform>直接用 %n 步生成，结果会不同：每一步跨得更大。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gui/widgets/seed.py"/>
        <source>A seed is a whole number from 0 to {highest}.</source>
        <translation>种子是 0 到 {highest} 之间的整数。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Across</source>
        <translation>横向</translation>
    </message>
    <message>
        <location filename="../../gui/extras_panel.py"/>
        <source>Add a LoRA</source>
        <translation>添加 LoRA</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Add a file</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Add a file…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>Add {value} to the values, or take it out.</source>
        <translation>加入或去掉 {value}。</translation>
    </message>
    <message>
        <location filename="../../gui/picture_panel.py"/>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_edit.py"/>
        <source>After {chunks} chunks nothing is read: what is struck out has no effect.</source>
        <translation>{chunks} 段之后不再读取：划掉的内容不起作用。</translation>
    </message>
    <message>
        <location filename="../../gui/library/dialogs.py"/>
        <source>Agree to its licence on its page at huggingface.co, make a token that may read under Settings, Access Tokens, and paste it here. It is kept in this system's keyring and sent to nobody else.</source>
        <translation>请在 huggingface.co 的页面上同意其许可，在 Settings、Access Tokens 中新建可读取的令牌，粘贴到这里。令牌保存在系统密钥环中，不会发给其他人。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/costing.py"/>
        <source>All %n picture(s) are there.</source>
        <translation>
            <numerusform>%n 张图片已全部完成。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>All but seed</source>
        <translation>除种子外</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>All cells</source>
        <translation>所有格子</translation>
    </message>
    <message>
        <location filename="../../gui/compare/costing.py"/>
        <source>All cells are left out; S runs one after all.</source>
        <translation>所有格都已移除；按 S 可再运行其中一格。</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/upkeep.py"/>
        <source>All is well: every one of %n picture(s) is whole.</source>
        <translation>
            <numerusform>一切正常：%n 张图片全部完好。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gui/library/welcome.py"/>
        <source>All models…</source>
        <translation>所有模型…</translation>
    </message>
    <message>
        <location filename="../../gui/extras_panel.py"/>
        <source>All of them are on.</source>
        <translation>已全部启用。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/comparing.py"/>
        <source>All pictures</source>
        <translation>所有图片</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>All pictures in one archive.</source>
        <translation>所有图片打成一个压缩包。</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>All pictures in turn at the same place (B). Space stops, B goes on.</source>
        <translation>在同一位置轮流显示各图（B）。空格停下，B 继续。</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>All pictures side by side (A).</source>
        <translation>所有图片并排显示（A）。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>All side by side</source>
        <translation>全部并排</translation>
    </message>
    <message>
        <location filename="../../gui/stage.py"/>
        <source>All steps from noise to picture; drag to look back.</source>
        <translation>从噪声到图片的每一步；拖动可回看。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/scrubber.py"/>
        <source>All steps of all cells; drag to look back.</source>
        <translation>所有格子的全部步骤；拖动可回看。</translation>
    </message>
    <message>
        <location filename="../../gui/library/details.py"/>
        <source>All that is known of it; it can be copied.</source>
        <translation>它的全部信息；可以复制。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>All that the file says.</source>
        <translation>文件中的全部信息。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>All that the keys do.</source>
        <translation>所有按键的用途。</translation>
    </message>
    <message>
        <location filename="../../gui/top_bar.py"/>
        <source>All that you have made (Ctrl+3).</source>
        <translation>您生成的所有图片（Ctrl+3）。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>All there is</source>
        <translation>全部可用内存</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Also varies: {axes}</source>
        <translation>另有变化：{axes}</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/view.py"/>
        <source>Another program holds the index. What you do is done as soon as it lets go.</source>
        <translation>索引正被其他程序占用，释放后会继续您的操作。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Another window keeps the index</source>
        <translation>索引由另一个窗口维护</translation>
    </message>
    <message>
        <location filename="../../gui/dropping.py"/>
        <source>Apply settings</source>
        <translation>应用参数</translation>
    </message>
    <message>
        <location filename="../../gui/compare/grid.py"/>
        <source>Arrows choose a cell, with Shift several. Enter shows them large, F compares all with the cell, K pins it, R rolls it again, S stops it or lets it go on, Del leaves it out, B branches from its step, U takes its settings, P shows the plots, J begins the blind test. + and - or Ctrl and the wheel zoom into all, 0 fits, 1 is 100 %, X shows the noisy pictures.</source>
        <translation>方向键选择格子，加 Shift 多选。Enter 放大，F 设为基准，K 固定，R 换噪声重新生成，S 停止或继续，Del 移除，B 从所示步骤分支，U 取用参数，P 显示曲线图，J 开始盲测。+、- 或 Ctrl 加滚轮缩放所有格子，0 适应，1 为 100 %，X 显示带噪图。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/grid.py"/>
        <source>Arrows choose a picture, Enter shows it large, F makes it a favourite, 0 to 5 rate it, Del throws it away. P, S and A take its prompt, its seed or all its settings.</source>
        <translation>方向键选择图片，Enter 查看大图，F 收藏，0 到 5 评分，Del 丢弃。P、S、A 取用提示词、种子、全部参数。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>Arrows choose the better picture, ↓ neither; Backspace takes the last one back.</source>
        <translation>用左右键选较好的图片，↓ 为不分上下；Backspace 撤回上一次。</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>As before, for programs that know no WebP; with 256 colours.</source>
        <translation>同上，用于不支持 WebP 的程序；只有 256 色。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>As far as they had come when they were stopped.</source>
        <translation>保留停止时的样子。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>As they are</source>
        <translation>原样</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Asking the Hub…</source>
        <translation>正在查询 Hub…</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Back (Esc).</source>
        <translation>返回（Esc）。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Back to all cells</source>
        <translation>回到全部格子</translation>
    </message>
    <message>
        <location filename="../../gui/compare/inspector.py"/>
        <source>Back to the grid</source>
        <translation>回到网格</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/large.py"/>
        <source>Back to the grid (Esc).</source>
        <translation>回到网格（Esc）。</translation>
    </message>
    <message>
        <location filename="../../gui/branch_note.py"/>
        <source>Begin from noise</source>
        <translation>从噪声开始</translation>
    </message>
    <message>
        <location filename="../../gui/branch_note.py"/>
        <source>Begin from noise instead.</source>
        <translation>改为从噪声开始。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Begin from other noise: draw a new seed.</source>
        <translation>换一个噪声：随机取新种子。</translation>
    </message>
    <message>
        <location filename="../../gui/library/dialogs.py"/>
        <source>Begins with hf_.</source>
        <translation>以 hf_ 开头。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/search_bar.py"/>
        <source>Best first</source>
        <translation>评分高的在前</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>Blind test</source>
        <translation>盲测</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Blind test…</source>
        <translation>盲测…</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>Blink</source>
        <translation>闪烁</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Blink; again: the next picture</source>
        <translation>闪烁；再按切换到下一张</translation>
    </message>
    <message>
        <location filename="../../gui/stage.py"/>
        <source>Branch from here</source>
        <translation>从这一步分支</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Branch from its step in Create</source>
        <translation>在创作中从这一步分支</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Branch from the step on show</source>
        <translation>从所示步骤分支</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_menu.py"/>
        <source>Branch in Create</source>
        <translation>在创作中分支</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>Branched</source>
        <translation>分支</translation>
    </message>
    <message>
        <location filename="../../gui/dropping.py"/>
        <source>Branched after step {step} of another picture</source>
        <translation>从另一张图片的第 {step} 步之后分支</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/search_bar.py"/>
        <source>By comparison</source>
        <translation>按对比</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/search_bar.py"/>
        <source>By prompt</source>
        <translation>按提示词</translation>
    </message>
    <message>
        <location filename="../../gui/library/hall.py"/>
        <source>CLIP's vocabulary</source>
        <translation>CLIP 词表</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>CUDA (NVIDIA)</source>
        <translation>CUDA（NVIDIA）</translation>
    </message>
    <message>
        <location filename="../../gui/errand_dialog.py"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Cancel all</source>
        <translation>全部取消</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Cancel everything that runs or waits</source>
        <translation>取消所有运行和等待的任务</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>Cancel, and remove what has arrived.</source>
        <translation>取消，并删除已下载的部分。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/telling.py"/>
        <source>Cancelled %n picture(s)</source>
        <translation>
            <numerusform>已取消 %n 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/telling.py"/>
        <source>Cancelled %n picture(s), nothing saved</source>
        <translation>
            <numerusform>已取消 %n 张图片，未保存</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Cancelled picture</source>
        <translation>已取消的图片</translation>
    </message>
    <message>
        <location filename="../../gui/errand_dialog.py"/>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/pictures_model.py"/>
        <source>Cancelled: {prompt}</source>
        <translation>已取消：{prompt}</translation>
    </message>
    <message>
        <location filename="../../gui/errand_dialog.py"/>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/tiles.py"/>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Cell</source>
        <translation>格子</translation>
    </message>
    <message>
        <location filename="../../gui/compare/grid.py"/>
        <source>Cells</source>
        <translation>格子</translation>
    </message>
    <message>
        <location filename="../../gui/compare/scrubber.py"/>
        <source>Cells show the step at the same amount of noise.</source>
        <translation>各格显示噪声量相同的步骤。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/scrubber.py"/>
        <source>Cells show the step of the same number.</source>
        <translation>各格显示序号相同的步骤。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/scrubber.py"/>
        <source>Cells show what the same share of calls led to.</source>
        <translation>各格显示调用次数占比相同时的结果。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>Change of the picture</source>
        <translation>图片的变化</translation>
    </message>
    <message>
        <location filename="../../gui/library/details.py"/>
        <source>Check it</source>
        <translation>检查</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/galleries_list.py"/>
        <source>Choose a gallery. F2 renames it, Del deletes it; drop pictures to move them.</source>
        <translation>选择画廊。F2 重命名，Del 删除；拖入图片即可移动。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/keeper.py"/>
        <source>Choose a grid that Etascope has made.</source>
        <translation>请选择 Etascope 生成的对比图。</translation>
    </message>
    <message>
        <location filename="../../gui/retelling.py"/>
        <source>Choose another device in the settings.</source>
        <translation>请在设置中选择其他设备。</translation>
    </message>
    <message>
        <location filename="../../gui/unsaved.py"/>
        <source>Choose another folder for them.</source>
        <translation>为它们另选文件夹。</translation>
    </message>
    <message>
        <location filename="../../gui/retelling.py"/>
        <source>Choose another name.</source>
        <translation>请换个名称。</translation>
    </message>
    <message>
        <location filename="../../gui/retelling.py"/>
        <source>Choose float32 in the settings, or a lower guidance.</source>
        <translation>请在设置中选择 float32，或降低引导强度。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>Choose models to compare.</source>
        <translation>选择要对比的模型。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/begin.py"/>
        <source>Choose on the left what varies, or begin with one of these.</source>
        <translation>在左侧选择变化的参数，或从下面的示例开始。</translation>
    </message>
    <message>
        <location filename="../../gui/retelling.py"/>
        <source>Choose one of those at the left of the Gallery view.</source>
        <translation>请在画廊视图左侧选择一个。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Choose several cells, to show together</source>
        <translation>选择多个格子一起显示</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Choose the folder of the galleries</source>
        <translation>选择画廊所在的文件夹</translation>
    </message>
    <message>
        <location filename="../../gui/strip.py"/>
        <source>Choose the gallery where new pictures go.</source>
        <translation>选择存放新图片的画廊。</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Choose where to, and begin.</source>
        <translation>选择位置并开始。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/begin.py"/>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Click to see it large (Enter).</source>
        <translation>点击查看大图（Enter）。</translation>
    </message>
    <message>
        <location filename="../../gui/extras_panel.py"/>
        <source>Clip skip</source>
        <translation>Clip skip</translation>
    </message>
    <message>
        <location filename="../../gui/errand_dialog.py"/>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <location filename="../../gui/unsaved.py"/>
        <source>Close and lose them</source>
        <translation>关闭并丢弃</translation>
    </message>
    <message>
        <location filename="../../gui/retelling.py"/>
        <source>Close other programs, try a smaller size, or choose the CPU in the settings.</source>
        <translation>请关闭其他程序，换小一些的尺寸，或在设置中选择 CPU。</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Close the queue (Esc).</source>
        <translation>关闭队列（Esc）。</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>Close this line.</source>
        <translation>关闭此行。</translation>
    </message>
    <message>
        <location filename="../../gui/messages.py"/>
        <source>Close this message.</source>
        <translation>关闭这条消息。</translation>
    </message>
    <message>
        <location filename="../../gui/errand_dialog.py"/>
        <source>Close this window.</source>
        <translation>关闭此窗口。</translation>
    </message>
    <message>
        <location filename="../../gui/reproducing.py"/>
        <source>Colours differ by {most} of 255 at most, in {share} of the pixels.</source>
        <translation>颜色最多相差 {most}/255，涉及 {share} 的像素。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Compare all cells with this one</source>
        <translation>以此格为基准，比较其他格</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Compare all other cells with this one (F).</source>
        <translation>以此格为基准，比较其他格（F）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/begin.py"/>
        <source>Compare samplers from the same noise, side by side.</source>
        <translation>从同一噪声并排对比采样器。</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>Compared against</source>
        <translation>比较基准</translation>
    </message>
    <message>
        <location filename="../../gui/reproducing.py"/>
        <source>Comparing…</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Comparison</source>
        <translation>对比</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/pictures_model.py"/>
        <source>Comparison: {prompt}</source>
        <translation>对比：{prompt}</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/filters.py"/>
        <source>Comparisons</source>
        <translation>对比</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Comparisons to begin with.</source>
        <translation>现成的对比示例。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Computing</source>
        <translation>运算</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Contact sheet</source>
        <translation>缩略图表</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Copies of the pictures, in a folder of your choice.</source>
        <translation>把图片复制到所选文件夹。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/picture_menu.py"/>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/facts.py"/>
        <source>Copy all of these lines</source>
        <translation>复制这些内容</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Copy all of this</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <location filename="../../gui/messages.py"/>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Copy its settings</source>
        <translation>复制参数</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Copy settings</source>
        <translation>复制参数</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Copy the picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/facts.py"/>
        <source>Copy {label}</source>
        <translation>复制 {label}</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Cost</source>
        <translation>开销</translation>
    </message>
    <message>
        <location filename="../../gui/picture_panel.py"/>
        <source>Count</source>
        <translation>数量</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Create</source>
        <translation>创作</translation>
    </message>
    <message>
        <location filename="../../gui/top_bar.py"/>
        <source>Create, compare, or look at what you have made (Ctrl+1, 2, 3).</source>
        <translation>创作、对比，或查看已生成的图片（Ctrl+1、2、3）。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/action_bar.py"/>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Delete gallery – Etascope</source>
        <translation>删除画廊 – Etascope</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <location filename="../../gui/canvas/examples.py"/>
        <source>Describe it and press Generate, or begin with one of these.</source>
        <translation>写下描述，点“生成”；也可以从下面的例子开始。</translation>
    </message>
    <message>
        <location filename="../../gui/errand_dialog.py"/>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <location filename="../../gui/reproducing.py"/>
        <source>Different.</source>
        <translation>不同。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>Distance to the reference, of 255</source>
        <translation>与基准的距离（满值 255）</translation>
    </message>
    <message>
        <location filename="../../gui/library/welcome.py"/>
        <source>Do not show again.</source>
        <translation>不再显示。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Down</source>
        <translation>纵向</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/begin.py"/>
        <source>Drag pictures onto its name, or choose it in Create as the one where new pictures go.</source>
        <translation>把图片拖到它的名称上，或在创作中选它来存放新图片。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/saving.py"/>
        <source>Drawings (*.svg)</source>
        <translation>矢量图 (*.svg)</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/seed.py"/>
        <source>Each Generate draws a new seed. Click to keep the one shown.</source>
        <translation>每次生成都换新种子。点击可固定当前种子。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>Each seed is other noise to begin with.</source>
        <translation>每个种子对应不同的起始噪声。</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>Edge, %</source>
        <translation>分界，%</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>Embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>End and rank</source>
        <translation>结束并排名</translation>
    </message>
    <message>
        <location filename="../../gui/errand_dialog.py"/>
        <source>End what is under way.</source>
        <translation>结束正在进行的操作。</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Enter uses the chosen model, or gets it.</source>
        <translation>按 Enter 使用所选模型，或下载它。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Equal</source>
        <translation>相同</translation>
    </message>
    <message>
        <location filename="../../gui/footer.py"/>
        <source>Esc to cancel</source>
        <translation>按 Esc 取消</translation>
    </message>
    <message>
        <location filename="../../gui/dropping.py"/>
        <source>Eta</source>
        <translation>Eta</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>Eta  η</source>
        <translation>Eta  η</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>Eta η</source>
        <translation>Eta η</translation>
    </message>
    <message>
        <location filename="../../gui/crashes.py"/>
        <source>Etascope ended unexpectedly the last time; this is our fault.</source>
        <translation>Etascope 上次意外退出，这是我们的错。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/begin.py"/>
        <source>Every picture you make is kept in a gallery, an ordinary folder of PNG files. Pictures of other tools are welcome: put them into a folder in
{folder}</source>
        <translation>生成的每张图片都保存在画廊里，也就是普通的 PNG 文件夹。也欢迎其他工具的图片：放进下面位置的文件夹即可
{folder}</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Every sampler takes as many steps as the axes say.</source>
        <translation>每个采样器都走所设的步数。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Every step</source>
        <translation>每一步</translation>
    </message>
    <message>
        <location filename="../../gui/timeline.py"/>
        <source>Every step of a run appears here, to go back to and look at.</source>
        <translation>生成过程的每一步都会出现在这里，可随时回看。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Everywhere</source>
        <translation>任何位置</translation>
    </message>
    <message>
        <location filename="../../gui/canvas/examples.py"/>
        <source>Example: {prompt}</source>
        <translation>示例：{prompt}</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <location filename="../../gui/telling.py"/>
        <source>Failed, nothing saved</source>
        <translation>失败，未保存</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_painter.py"/>
        <source>Failed. {reason}</source>
        <translation>失败。{reason}</translation>
    </message>
    <message>
        <location filename="../../gui/queue_model.py"/>
        <source>Failed: {message}</source>
        <translation>失败：{message}</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/marks_panel.py"/>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/filters.py"/>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Favourites, ratings and tags, written into the files.</source>
        <translation>把收藏、评分和标签写入文件。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>File format</source>
        <translation>文件格式</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/filters.py"/>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <location filename="../../gui/compare/scrubber.py"/>
        <source>Fit</source>
        <translation>适应</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Fit the picture</source>
        <translation>适应窗口</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>Fit, or 100 %: a pixel for a pixel (F and 1).</source>
        <translation>适应窗口，或 100 %：一像素对一像素（F 和 1）。</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Folder of pictures</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Found on the Hub</source>
        <translation>在 Hub 上找到的</translation>
    </message>
    <message>
        <location filename="../../gui/library/details.py"/>
        <source>From: {source}</source>
        <translation>来源：{source}</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>GIF animation</source>
        <translation>GIF 动画</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/galleries_list.py"/>
        <source>Galleries</source>
        <translation>画廊</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>Gallery</source>
        <translation>画廊</translation>
    </message>
    <message>
        <location filename="../../gui/strip.py"/>
        <source>Gallery for new pictures</source>
        <translation>新图片的画廊</translation>
    </message>
    <message>
        <location filename="../../gui/controls.py"/>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Generate or compare; again while running: queue more</source>
        <translation>生成或对比；运行中再按则排入队列</translation>
    </message>
    <message>
        <location filename="../../gui/library/details.py"/>
        <source>Get it</source>
        <translation>下载</translation>
    </message>
    <message>
        <location filename="../../gui/library/hall.py"/>
        <source>Get it…</source>
        <translation>下载…</translation>
    </message>
    <message>
        <location filename="../../gui/library/hall.py"/>
        <source>Get what this model reads prompts with from huggingface.co.</source>
        <translation>从 huggingface.co 下载此模型读取提示词所需的词表。</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Give away as</source>
        <translation>导出为</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/action_bar.py"/>
        <source>Give pictures away: as files or as a page (X).</source>
        <translation>把图片导出为文件或网页（X）。</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>Give your token for the Hub.</source>
        <translation>提供您的 Hub 令牌。</translation>
    </message>
    <message>
        <location filename="../../gui/library/dialogs.py"/>
        <source>Go ahead</source>
        <translation>同意</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>Go back (Backspace).</source>
        <translation>返回（Backspace）。</translation>
    </message>
    <message>
        <location filename="../../gui/stage.py"/>
        <source>Go back on the timeline first: after the last step there is nothing to change.</source>
        <translation>请先在时间线上往回走：最后一步之后已无可更改。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_menu.py"/>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Go on from the step on show with other settings, in the Create view (B).</source>
        <translation>在创作视图中换参数，从所示步骤继续（B）。</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>Go on where it was.</source>
        <translation>从停下处继续。</translation>
    </message>
    <message>
        <location filename="../../gui/branching.py"/>
        <source>Goes on from step {step} of a picture without a prompt</source>
        <translation>接着一张无提示词图片的第 {step} 步</translation>
    </message>
    <message>
        <location filename="../../gui/branching.py"/>
        <source>Goes on from step {step} of “{prompt}”</source>
        <translation>接着“{prompt}”的第 {step} 步</translation>
    </message>
    <message>
        <location filename="../../gui/telling.py"/>
        <source>Going on with what was cut off last time</source>
        <translation>正在继续上次中断的任务</translation>
    </message>
    <message>
        <location filename="../../gui/compare/saving.py"/>
        <source>Grids (*.png)</source>
        <translation>对比图 (*.png)</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/search_bar.py"/>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>Guidance</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Have it back</source>
        <translation>撤销丢弃</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/size_field.py"/>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Hide the raw text</source>
        <translation>隐藏原文</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Hold everything back where it is.</source>
        <translation>让所有任务停在原处。</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Hold it back where it is (Space).</source>
        <translation>让它停在原处（空格）。</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>How far the colours are apart; black is no difference (D).</source>
        <translation>颜色相差多少；黑色表示没有差异（D）。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>How far their colours are apart</source>
        <translation>颜色相差多少</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/fields.py"/>
        <source>How many pictures to make, with seeds that follow one another.</source>
        <translation>生成多少张图片，种子依次加一。</translation>
    </message>
    <message>
        <location filename="../../gui/sampling_panel.py"/>
        <source>How many steps lead from noise to the picture. More take longer and are finer.</source>
        <translation>从噪声到图片要走多少步。步数越多越慢，也越精细。</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>How many times the differences are amplified.</source>
        <translation>差异放大多少倍。</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_edit.py"/>
        <source>How many tokens the model reads; one chunk holds {limit}.</source>
        <translation>模型读取的词元数；每段 {limit} 个。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>How much is kept, oldest dropped first; in gigabytes, from the next start on.</source>
        <translation>最多保留多少 GB，先删最旧的；下次启动起生效。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>How much of the newest pictures is kept at hand, in megabytes.</source>
        <translation>为最新图片的步骤保留多少 MB 内存。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>How often the picture being made is shown anew.</source>
        <translation>生成中的图片多久刷新一次。</translation>
    </message>
    <message>
        <location filename="../../gui/sampling_panel.py"/>
        <source>How strictly the picture follows the prompt. 1 asks the model only once a step.</source>
        <translation>图片遵循提示词的程度。设为 1 时每步只调用一次模型。</translation>
    </message>
    <message>
        <location filename="../../gui/extras_panel.py"/>
        <source>How strongly it works; below 0 it works the other way.</source>
        <translation>作用的强度；小于 0 则反向作用。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>How the cells are measured by the reference.</source>
        <translation>各格与基准比较的指标。</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>How the pictures are shown</source>
        <translation>显示方式</translation>
    </message>
    <message>
        <location filename="../../gui/sampling_panel.py"/>
        <source>How the steps are spaced over the noise; the first is usual for the sampler.</source>
        <translation>各步在噪声上如何分布；第一项是该采样器的常用调度。</translation>
    </message>
    <message>
        <location filename="../../gui/library/card.py"/>
        <source>Hub</source>
        <translation>Hub</translation>
    </message>
    <message>
        <location filename="../../gui/reproducing.py"/>
        <source>Identical: every pixel is the same.</source>
        <translation>完全一致：每个像素都相同。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>In memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>In the gallery</source>
        <translation>在画廊中</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>In the prompts</source>
        <translation>在提示词中</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/search_bar.py"/>
        <source>In which order the pictures stand.</source>
        <translation>图片的排列顺序。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Index in step</source>
        <translation>索引已同步</translation>
    </message>
    <message>
        <location filename="../../gui/library/details.py"/>
        <source>Is it whole, and can it be used?</source>
        <translation>是否完整、能否使用？</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/begin.py"/>
        <source>Is the disk there? Nothing is forgotten: {folder}</source>
        <translation>磁盘还在吗？记录都还保留着：{folder}</translation>
    </message>
    <message>
        <location filename="../../gui/library/dialogs.py"/>
        <source>It asks huggingface.co, and gets from there what you choose, each time only when you press a button for it. Nothing of yours is sent. You are asked this once.</source>
        <translation>它会查询 huggingface.co 并下载您选择的内容，每次都只在您按下按钮时进行。不会发送您的任何内容。此问题只问一次。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery_model.py"/>
        <source>It branches from another one.</source>
        <translation>它是另一张图片的分支。</translation>
    </message>
    <message>
        <location filename="../../gui/retelling.py"/>
        <source>It can be got on the page of models (Ctrl+M).</source>
        <translation>可在模型页面获取（Ctrl+M）。</translation>
    </message>
    <message>
        <location filename="../../gui/trash.py"/>
        <source>It is still in its folder.</source>
        <translation>它仍在原文件夹中。</translation>
    </message>
    <message>
        <location filename="../../gui/library/details.py"/>
        <source>Its files stay where they are.</source>
        <translation>文件留在原处。</translation>
    </message>
    <message>
        <location filename="../../gui/branch_note.py"/>
        <source>Its first steps are those of the other picture.</source>
        <translation>前几步与那张图片相同。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Its {count} pictures go with it. The system's trash can give them back.</source>
        <translation>其中的 {count} 张图片会一并移走。可从系统回收站恢复。</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>Judge again</source>
        <translation>重新评判</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>Judge no more, and show which samplers and settings did best.</source>
        <translation>结束评判，看哪些采样器和参数最好。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>Judge the last two once more (Backspace).</source>
        <translation>重新评判上一组（Backspace）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>Judge what is not judged yet, or all anew.</source>
        <translation>评判尚未评判的，或全部重来。</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/menus.py"/>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <location filename="../../gui/style_menu.py"/>
        <source>Keep both prompts as a style under this name.
Where it says {prompt} other prompts go in; without that, it goes behind them.</source>
        <translation>把两个提示词存为风格，名称为：
其他提示词会填入 {prompt} 处；否则接在其后。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Keep cancelled pictures</source>
        <translation>保留已取消的图片</translation>
    </message>
    <message>
        <location filename="../../gui/library/dialogs.py"/>
        <source>Keep it and try again</source>
        <translation>保存并重试</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_menu.py"/>
        <source>Keep sampler, steps, guidance and size under this name:</source>
        <translation>把采样器、步数、引导强度和尺寸存为预设，名称为：</translation>
    </message>
    <message>
        <location filename="../../gui/style_menu.py"/>
        <source>Keep the prompts as a style…</source>
        <translation>将提示词存为风格…</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_menu.py"/>
        <source>Keep these settings as a preset…</source>
        <translation>将当前参数存为预设…</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Keep this cell in sight when axes and pages change; the first is the reference (K).</source>
        <translation>更换变量或翻页时仍显示此格；首个固定的格为基准（K）。</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/seed.py"/>
        <source>Keep this seed</source>
        <translation>固定此种子</translation>
    </message>
    <message>
        <location filename="../../gui/kept.py"/>
        <source>Kept as it was at step {step} of {steps}</source>
        <translation>已保留第 {step}/{steps} 步时的样子</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Keyboard – Etascope</source>
        <translation>快捷键 – Etascope</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Language</source>
        <translation>语言 Language</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Large: at 100 %, or fitted</source>
        <translation>大图：100 % 或适应窗口</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Larger pictures; Ctrl+- smaller</source>
        <translation>放大缩略图；Ctrl+- 缩小</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Later</source>
        <translation>后移</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Leave it out</source>
        <translation>移除此格</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>Leave it; it goes on from here (Esc).</source>
        <translation>先离开；下次从这里继续（Esc）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_menu.py"/>
        <source>Leave out</source>
        <translation>移除</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Leave this cell out; its picture stays in the gallery (Del).</source>
        <translation>移除此格；图片仍留在画廊中（Del）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>Left picture</source>
        <translation>左图</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Let everything go on.</source>
        <translation>让所有任务继续。</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Let it go on (Space).</source>
        <translation>让它继续（空格）。</translation>
    </message>
    <message>
        <location filename="../../gui/library/details.py"/>
        <source>Licence: {licence}</source>
        <translation>许可：{licence}</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Light or dark, or whichever the system has.</source>
        <translation>浅色、深色，或跟随系统。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/scrubber.py"/>
        <source>Linked by</source>
        <translation>联动方式</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Little</source>
        <translation>少</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Little: previews change once a second at most, and playing is slower.</source>
        <translation>少：预览每秒最多更换一次，播放也较慢。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <location filename="../../gui/extras_panel.py"/>
        <source>LoRAs</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <location filename="../../gui/extras_panel.py"/>
        <source>LoRAs teach the model something more: a style, a person, a thing.</source>
        <translation>LoRA 让模型学会更多内容：一种风格、一个人、一件东西。</translation>
    </message>
    <message>
        <location filename="../../gui/top_bar.py"/>
        <source>Loading the model…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <location filename="../../gui/top_bar.py"/>
        <source>Loading {model}…</source>
        <translation>正在加载 {model}…</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/begin.py"/>
        <source>Look again</source>
        <translation>再看一次</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/action_bar.py"/>
        <source>Look at 2 to 9 selected pictures side by side (C).</source>
        <translation>并排查看选中的 2 到 9 张图片（C）。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Look at 2 to 9 side by side</source>
        <translation>并排查看 2 到 9 张</translation>
    </message>
    <message>
        <location filename="../../gui/gallery_model.py"/>
        <source>Look at this picture: {name}</source>
        <translation>查看图片：{name}</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>Look closely at the same spot of all pictures (L).</source>
        <translation>放大查看各图的同一处（L）。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Looking at the files</source>
        <translation>正在检查文件</translation>
    </message>
    <message>
        <location filename="../../gui/upkeep.py"/>
        <source>Looking at the index…</source>
        <translation>正在检查索引…</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/begin.py"/>
        <source>Looking at the pictures…</source>
        <translation>正在读取图片…</translation>
    </message>
    <message>
        <location filename="../../gui/library/hall.py"/>
        <source>Looking at {place}…</source>
        <translation>正在查看 {place}…</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Looking for the pictures…</source>
        <translation>正在查找图片…</translation>
    </message>
    <message>
        <location filename="../../gui/compare/ranking.py"/>
        <source>Lost</source>
        <translation>负</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>Loupe</source>
        <translation>放大镜</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>MPS (Apple)</source>
        <translation>MPS（Apple）</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>Made</source>
        <translation>生成于</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>Make a finished cell the reference (F in the grid).</source>
        <translation>请把一个已完成的格子设为基准（在网格中按 F）。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/begin.py"/>
        <source>Make a picture</source>
        <translation>生成图片</translation>
    </message>
    <message>
        <location filename="../../gui/canvas/examples.py"/>
        <source>Make a picture of: {prompt}</source>
        <translation>生成：{prompt}</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Make all the pictures, side by side (Ctrl+Enter).</source>
        <translation>并排生成所有图片（Ctrl+Enter）。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Make another gallery (Ctrl+Shift+N).</source>
        <translation>新建画廊（Ctrl+Shift+N）。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/marks_panel.py"/>
        <source>Make it a favourite (F).</source>
        <translation>收藏（F）。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Make it again and check</source>
        <translation>重新生成并核对</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Make it again from its file, and see whether it is the same (R).</source>
        <translation>按文件中的参数重新生成，看是否相同（R）。</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Make it later (Alt+Down).</source>
        <translation>往后排（Alt+↓）。</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Make it sooner (Alt+Up).</source>
        <translation>往前排（Alt+↑）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_menu.py"/>
        <source>Make it the reference</source>
        <translation>设为基准</translation>
    </message>
    <message>
        <location filename="../../gui/controls.py"/>
        <source>Make pictures of these settings (Ctrl+Enter).</source>
        <translation>按当前参数生成图片（Ctrl+Enter）。</translation>
    </message>
    <message>
        <location filename="../../gui/top_bar.py"/>
        <source>Make pictures one by one (Ctrl+1).</source>
        <translation>逐张生成图片（Ctrl+1）。</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>Make pictures with this model.</source>
        <translation>用此模型生成图片。</translation>
    </message>
    <message>
        <location filename="../../gui/retelling.py"/>
        <source>Make the index anew, from the menu beside the galleries.</source>
        <translation>请用画廊旁的菜单重建索引。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Make the index anew…</source>
        <translation>重建索引…</translation>
    </message>
    <message>
        <location filename="../../gui/stage.py"/>
        <source>Make the rest anew from this step, with the settings on the left (B).</source>
        <translation>从这一步起，用左侧参数重新生成后面的步骤（B）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Make this cell again from other noise (R).</source>
        <translation>换噪声重新生成此格（R）。</translation>
    </message>
    <message>
        <location filename="../../gui/library/dialogs.py"/>
        <source>May Etascope use the network now?</source>
        <translation>现在允许 Etascope 使用网络吗？</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>May ask huggingface.co</source>
        <translation>可以访问 huggingface.co</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>Measure of likeness</source>
        <translation>相似度指标</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Model calls</source>
        <translation>模型调用</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/filters.py"/>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Models ({ending})</source>
        <translation>模型（{ending}）</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Models stay where they are, also those of other programs.</source>
        <translation>模型留在原处，其他程序的模型也一样。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Models: those that are here, and others to get</source>
        <translation>模型：本机已有的和可下载的</translation>
    </message>
    <message>
        <location filename="../../gui/top_bar.py"/>
        <source>Models…</source>
        <translation>模型…</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>More in the file</source>
        <translation>文件中的其他信息</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>More to get</source>
        <translation>可下载的</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Motion</source>
        <translation>动态效果</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/action_bar.py"/>
        <source>Move the selected pictures to a gallery (M).</source>
        <translation>把选中的图片移到其他画廊（M）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/keeper.py"/>
        <source>Move there what is still saved in {old}: it was on its way.</source>
        <translation>把仍保存到“{old}”的图片移过去：它们当时已在途中。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/action_bar.py"/>
        <source>Move to</source>
        <translation>移到</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Move to another gallery</source>
        <translation>移到其他画廊</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/picture_menu.py"/>
        <source>Move to…</source>
        <translation>移到…</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <location filename="../../gui/compare/saving.py"/>
        <source>Moving pictures (*.webp)</source>
        <translation>动画 (*.webp)</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Moving pictures carry no settings.</source>
        <translation>动画不带参数。</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Name of a repository</source>
        <translation>仓库名</translation>
    </message>
    <message>
        <location filename="../../gui/controls.py"/>
        <source>Needs a guidance above 1.</source>
        <translation>引导强度须大于 1。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>Negative</source>
        <translation>反向</translation>
    </message>
    <message>
        <location filename="../../gui/controls.py"/>
        <source>Negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Negative prompt: {words}</source>
        <translation>反向提示词：{words}</translation>
    </message>
    <message>
        <location filename="../../gui/style_menu.py"/>
        <source>Negative: {prompt}</source>
        <translation>反向：{prompt}</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>Neither is the better one (↓).</source>
        <translation>不分上下（↓）。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <location filename="../../gui/library/dialogs.py"/>
        <source>Network – Etascope</source>
        <translation>网络 – Etascope</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>New gallery</source>
        <translation>新画廊</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/chooser.py"/>
        <source>New gallery…</source>
        <translation>新建画廊…</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/seed.py"/>
        <source>New random seed</source>
        <translation>新的随机种子</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/search_bar.py"/>
        <source>Newest first</source>
        <translation>新的在前</translation>
    </message>
    <message>
        <location filename="../../gui/strip.py"/>
        <source>Newest pictures</source>
        <translation>最新图片</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Next page of cells</source>
        <translation>下一页格子</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Next picture</source>
        <translation>下一张图片</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>No cell chosen</source>
        <translation>未选格子</translation>
    </message>
    <message>
        <location filename="../../gui/top_bar.py"/>
        <source>No model</source>
        <translation>无模型</translation>
    </message>
    <message>
        <location filename="../../gui/telling.py"/>
        <source>No model is loaded</source>
        <translation>未加载模型</translation>
    </message>
    <message>
        <location filename="../../gui/top_bar.py"/>
        <source>No model is loaded. Choose one to try again.</source>
        <translation>未加载模型。请选择一个再试。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/begin.py"/>
        <source>No picture fits “{about}”.</source>
        <translation>没有符合“{about}”的图片。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>No picture selected</source>
        <translation>未选图片</translation>
    </message>
    <message>
        <location filename="../../gui/canvas/__init__.py"/>
        <source>No picture yet.</source>
        <translation>还没有图片。</translation>
    </message>
    <message>
        <location filename="../../gui/timeline.py"/>
        <source>No steps yet.</source>
        <translation>还没有步骤。</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_reader.py"/>
        <source>No such LoRA</source>
        <translation>没有这个 LoRA</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>Noise level σ</source>
        <translation>噪声水平 σ</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>Noise schedule</source>
        <translation>噪声调度</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Noise, change and likeness of all cells as curves (P).</source>
        <translation>用曲线显示所有格子的噪声、变化和相似度（P）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>Noise, change and likeness of all cells as curves.</source>
        <translation>用曲线显示所有格子的噪声、变化和相似度。</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_menu.py"/>
        <source>None yet: each prompt that a picture is made of appears here.</source>
        <translation>暂无：生成过图片的提示词会出现在这里。</translation>
    </message>
    <message>
        <location filename="../../gui/style_menu.py"/>
        <source>None yet: keep a prompt as one, or put a styles.csv into the folder.</source>
        <translation>暂无：可将提示词存为风格，或把 styles.csv 放入文件夹。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/search_bar.py"/>
        <source>Not grouped</source>
        <translation>不分组</translation>
    </message>
    <message>
        <location filename="../../gui/library/dialogs.py"/>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <location filename="../../gui/telling.py"/>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <location filename="../../gui/unsaved.py"/>
        <source>Not saved – Etascope</source>
        <translation>未保存 – Etascope</translation>
    </message>
    <message>
        <location filename="../../gui/upkeep.py"/>
        <source>Not there now, and not forgotten: {names}.</source>
        <translation>目前不在，但记录仍保留：{names}。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/begin.py"/>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <location filename="../../gui/recalling.py"/>
        <source>Nothing has been changed.</source>
        <translation>未作任何更改。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>Nothing has run yet.</source>
        <translation>还没有运行过。</translation>
    </message>
    <message>
        <location filename="../../gui/branching.py"/>
        <source>Nothing is changed, so the branch would be the same picture again.</source>
        <translation>没有任何改动，分支只会得到同一张图片。</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Nothing on the Hub is called that.</source>
        <translation>Hub 上没有这个名称。</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Nothing runs and nothing waits.
Press Ctrl+Enter again while a picture is made, and the next one waits here.</source>
        <translation>没有运行或等待的任务。
生成时再按 Ctrl+Enter，下一张就会在这里排队。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Numbers</source>
        <translation>数值精度</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/tiles.py"/>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/search_bar.py"/>
        <source>Oldest first</source>
        <translation>旧的在前</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>On</source>
        <translation>运行于</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>On disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>On pictures looked at together</source>
        <translation>一起查看图片时</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>On the cells of a comparison</source>
        <translation>在对比的格子上</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>On the picture</source>
        <translation>在图片上</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>On the picture or the newest pictures</source>
        <translation>在图片或最新图片上</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>On the queue</source>
        <translation>在队列上</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>On this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>One</source>
        <translation>单张</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>One HTML file with all pictures in it; the steps of grids can be scrubbed.</source>
        <translation>含所有图片的单个 HTML 文件；对比图的步骤可拖动查看。</translation>
    </message>
    <message>
        <location filename="../../gui/retelling.py"/>
        <source>One can be got from the Hub.</source>
        <translation>可以从 Hub 下载。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>One model is loaded at a time: first all cells of one, then of the next.</source>
        <translation>一次只加载一个模型：先完成它的所有格子，再换下一个。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>One picture, large</source>
        <translation>单张大图</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>One picture, large (O). Left and Right go through them.</source>
        <translation>单张大图（O）。用左右键切换。</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>One, all, or two at a time.</source>
        <translation>单张、全部，或两张对看。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Only for what you search or get. Unticked, you are asked first.</source>
        <translation>仅用于您搜索或获取的内容。未勾选时会先询问。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Open a comparison again</source>
        <translation>重新打开对比</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Open a comparison that was made earlier.</source>
        <translation>打开以前做的对比。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/saving.py"/>
        <source>Open a grid</source>
        <translation>打开对比图</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Open a grid…</source>
        <translation>打开对比图…</translation>
    </message>
    <message>
        <location filename="../../gui/dropping.py"/>
        <source>Open in Compare</source>
        <translation>在对比中打开</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Open or close the queue</source>
        <translation>打开或关闭队列</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Open the folder of its file (Ctrl+E).</source>
        <translation>打开文件所在的文件夹（Ctrl+E）。</translation>
    </message>
    <message>
        <location filename="../../gui/library/welcome.py"/>
        <source>Open the library (Ctrl+M).</source>
        <translation>打开模型库（Ctrl+M）。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Open the living comparison again (G).</source>
        <translation>重新打开这个对比（G）。</translation>
    </message>
    <message>
        <location filename="../../gui/dropping.py"/>
        <source>Open the living comparison again.</source>
        <translation>重新打开这个对比。</translation>
    </message>
    <message>
        <location filename="../../gui/style_menu.py"/>
        <source>Open the styles' file</source>
        <translation>打开风格文件</translation>
    </message>
    <message>
        <location filename="../../gui/style_menu.py"/>
        <source>Open the styles' folder</source>
        <translation>打开风格文件夹</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/search_bar.py"/>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Other noise</source>
        <translation>换噪声</translation>
    </message>
    <message>
        <location filename="../../gui/messages.py"/>
        <source>Our fault – Etascope</source>
        <translation>程序错误 – Etascope</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>PSNR against the reference, dB</source>
        <translation>相对基准的 PSNR，dB</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>PSNR and SSIM: against {cell}</source>
        <translation>PSNR 和 SSIM 的基准：{cell}</translation>
    </message>
    <message>
        <location filename="../../gui/compare/pages.py"/>
        <source>Page</source>
        <translation>页</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Pages</source>
        <translation>分页</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Part of a name, or all of it: owner/name.</source>
        <translation>名称的一部分，或完整的 owner/name。</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Part of a name, or owner/name</source>
        <translation>部分名称，或 owner/name</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Pause all</source>
        <translation>全部暂停</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Pause, or let go on</source>
        <translation>暂停或继续</translation>
    </message>
    <message>
        <location filename="../../gui/footer.py"/>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <location filename="../../gui/footer.py"/>
        <source>Paused at step {step} of {steps}</source>
        <translation>已暂停在第 {step}/{steps} 步</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>Peak signal to noise: more is nearer.</source>
        <translation>峰值信噪比：越大越接近。</translation>
    </message>
    <message>
        <location filename="../../gui/canvas/__init__.py"/>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/deeds.py"/>
        <source>Picture copied</source>
        <translation>图片已复制</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>Picture shown</source>
        <translation>所示图片</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/deeds.py"/>
        <source>Picture thrown away</source>
        <translation>图片已丢弃</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <location filename="../../gui/compare/saving.py"/>
        <source>Pictures (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Pictures are still being made for {name}.</source>
        <translation>还有图片正在为 {name} 生成。</translation>
    </message>
    <message>
        <location filename="../../gui/top_bar.py"/>
        <source>Pictures asked for now wait for it.</source>
        <translation>现在提交的图片会等它加载完。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Pictures being read</source>
        <translation>正在读取的图片</translation>
    </message>
    <message>
        <location filename="../../gui/strip.py"/>
        <source>Pictures you make appear here.</source>
        <translation>生成的图片会出现在这里。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_menu.py"/>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Pin it: it stays when the axes change</source>
        <translation>固定：更换变量时仍保留</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cells_model.py"/>
        <source>Pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <location filename="../../gui/compare/scrubber.py"/>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Play the steps</source>
        <translation>播放各步</translation>
    </message>
    <message>
        <location filename="../../gui/bridge.py"/>
        <source>Please close Etascope and start it again.</source>
        <translation>请关闭 Etascope 后重新启动。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Plots</source>
        <translation>曲线图</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Predicted picture or noisy one</source>
        <translation>切换预测图与带噪图</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_menu.py"/>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_menu.py"/>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Previews</source>
        <translation>预览</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Previous page of cells</source>
        <translation>上一页格子</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Previous picture</source>
        <translation>上一张图片</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/__init__.py"/>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>Progress of the download</source>
        <translation>下载进度</translation>
    </message>
    <message>
        <location filename="../../gui/footer.py"/>
        <source>Progress of the running picture</source>
        <translation>当前图片的进度</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Prompt  P</source>
        <translation>提示词  P</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_menu.py"/>
        <source>Prompts used lately, and settings kept under a name (Ctrl+H).</source>
        <translation>最近用过的提示词和已存的预设（Ctrl+H）。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Put all that is told here on the clipboard.</source>
        <translation>将此处的全部信息复制到剪贴板。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Put into the trash</source>
        <translation>移入回收站</translation>
    </message>
    <message>
        <location filename="../../gui/compare/keeper.py"/>
        <source>Put its pictures back there, and the grid finds them again.</source>
        <translation>把它的图片放回原处，网格就能重新找到它们。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Put its settings on the clipboard as text (Ctrl+Shift+C).</source>
        <translation>把参数以文本复制到剪贴板（Ctrl+Shift+C）。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/begin.py"/>
        <source>Put new pictures here</source>
        <translation>新图片存放到这里</translation>
    </message>
    <message>
        <location filename="../../gui/messages.py"/>
        <source>Put the details on the clipboard.</source>
        <translation>把详情复制到剪贴板。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Put the gallery {name} into the trash?</source>
        <translation>将画廊 {name} 移入回收站？</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Put the picture on the clipboard (Ctrl+C).</source>
        <translation>把图片复制到剪贴板（Ctrl+C）。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/action_bar.py"/>
        <source>Put the selected pictures into the trash (Del).</source>
        <translation>将选中的图片移入回收站（Del）。</translation>
    </message>
    <message>
        <location filename="../../gui/footer.py"/>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <location filename="../../gui/footer.py"/>
        <source>Queue {waiting}</source>
        <translation>队列 {waiting}</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <location filename="../../gui/compare/ranking.py"/>
        <source>Ranking</source>
        <translation>排名</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Rate it: 0 to 5 stars</source>
        <translation>评分：0 到 5 星</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Raw text</source>
        <translation>原文</translation>
    </message>
    <message>
        <location filename="../../gui/library/hall.py"/>
        <source>Reading all of the model once, for its hash…</source>
        <translation>正在读取整个模型以计算哈希值…</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Reading {done} of {total}</source>
        <translation>正在读取 {done}/{total}</translation>
    </message>
    <message>
        <location filename="../../gui/reproducing.py"/>
        <source>Reading {name}…</source>
        <translation>正在读取 {name}…</translation>
    </message>
    <message>
        <location filename="../../gui/upkeep.py"/>
        <source>Rebuild the index</source>
        <translation>重建索引</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_menu.py"/>
        <source>Recent prompts</source>
        <translation>最近的提示词</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_menu.py"/>
        <source>Recent prompts and presets</source>
        <translation>最近的提示词和预设</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_menu.py"/>
        <source>Remove a preset</source>
        <translation>删除预设</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Rename gallery</source>
        <translation>重命名画廊</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Rename, delete, export, verify this gallery.</source>
        <translation>重命名、删除、导出、校验此画廊。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Reproduce and check</source>
        <translation>重现并核对</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Resume all</source>
        <translation>全部继续</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Retry failed</source>
        <translation>重试失败任务</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>Right  →</source>
        <translation>右  →</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>Right picture</source>
        <translation>右图</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/seed.py"/>
        <source>Roll a new seed and keep it.</source>
        <translation>随机换一个种子并固定。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_menu.py"/>
        <source>Roll again</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Roll it again from other noise</source>
        <translation>换噪声重新生成</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>Root mean square of the colours: 0 is the same.</source>
        <translation>颜色的均方根差：0 为相同。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_menu.py"/>
        <source>Run it</source>
        <translation>运行</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Run the missing</source>
        <translation>补全缺少的</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>SSIM against the reference</source>
        <translation>相对基准的 SSIM</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Same for all</source>
        <translation>共同参数</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>Sampler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/filters.py"/>
        <source>Samplers</source>
        <translation>采样器</translation>
    </message>
    <message>
        <location filename="../../gui/top_bar.py"/>
        <source>Samplers and settings side by side (Ctrl+2).</source>
        <translation>并排对比采样器和参数（Ctrl+2）。</translation>
    </message>
    <message>
        <location filename="../../gui/sampling_panel.py"/>
        <source>Sampling</source>
        <translation>采样</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Save a labelled picture of all cells; it opens again.</source>
        <translation>把所有格子存为带标注的图片；可再次打开。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Save a table (CSV) of all cells' figures.</source>
        <translation>把所有格子的数据存为表格（CSV）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Save all cells denoising together as a moving picture (WebP).</source>
        <translation>把所有格子同步去噪的过程存为动画（WebP）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Save an animation…</source>
        <translation>保存动画…</translation>
    </message>
    <message>
        <location filename="../../gui/unsaved.py"/>
        <source>Save elsewhere…</source>
        <translation>保存到别处…</translation>
    </message>
    <message>
        <location filename="../../gui/compare/saving.py"/>
        <source>Save the animation as</source>
        <translation>动画另存为</translation>
    </message>
    <message>
        <location filename="../../gui/compare/saving.py"/>
        <source>Save the figures as</source>
        <translation>数据另存为</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Save the figures as…</source>
        <translation>数据另存为…</translation>
    </message>
    <message>
        <location filename="../../gui/compare/saving.py"/>
        <source>Save the grid as</source>
        <translation>对比图另存为</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Save the grid as…</source>
        <translation>对比图另存为…</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>Save the plots</source>
        <translation>保存曲线图</translation>
    </message>
    <message>
        <location filename="../../gui/compare/saving.py"/>
        <source>Save the plots as</source>
        <translation>曲线图另存为</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>Save the plots as a drawing (SVG) or a picture.</source>
        <translation>把曲线图存为矢量图（SVG）或图片。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>Save the plots as…</source>
        <translation>曲线图另存为…</translation>
    </message>
    <message>
        <location filename="../../gui/unsaved.py"/>
        <source>Save to where they were to go.</source>
        <translation>保存到原定位置。</translation>
    </message>
    <message>
        <location filename="../../gui/telling.py"/>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <location filename="../../gui/compare/view.py"/>
        <source>Saved {name}</source>
        <translation>已保存 {name}</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Say in words what all the pictures should show.</source>
        <translation>用文字描述所有图片共同的画面。</translation>
    </message>
    <message>
        <location filename="../../gui/controls.py"/>
        <source>Say in words what the picture should show.
Ctrl+Up and Ctrl+Down make selected words stronger and weaker.</source>
        <translation>用文字描述想要的画面。
选中词语后按 Ctrl+↑ 加强、Ctrl+↓ 减弱。</translation>
    </message>
    <message>
        <location filename="../../gui/controls.py"/>
        <source>Say what should stay out of the picture.</source>
        <translation>写下不希望出现在画面中的内容。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>Schedule</source>
        <translation>调度</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/search_field.py"/>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Search the Hub by name.</source>
        <translation>按名称搜索 Hub。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/search_field.py"/>
        <source>Search: boat  sampler:ddim  steps&gt;=20  is:favourite</source>
        <translation>搜索：帆船  sampler:ddim  steps&gt;=20  is:favourite</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Seed  S</source>
        <translation>种子  S</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Selected words stronger</source>
        <translation>加强选中的词语</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Selected words weaker</source>
        <translation>减弱选中的词语</translation>
    </message>
    <message>
        <location filename="../../gui/dropping.py"/>
        <source>Set everything on the left as the picture tells.</source>
        <translation>把左侧参数全部设为图片所记录的值。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/sides.py"/>
        <source>Set up</source>
        <translation>设定</translation>
    </message>
    <message>
        <location filename="../../gui/picture_panel.py"/>
        <source>Set width and height in pixels instead of a shape.</source>
        <translation>不用比例，直接以像素设定宽高。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <location filename="../../gui/top_bar.py"/>
        <source>Settings (Ctrl+,).</source>
        <translation>设置（Ctrl+,）。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/deeds.py"/>
        <source>Settings copied</source>
        <translation>参数已复制</translation>
    </message>
    <message>
        <location filename="../../gui/dropping.py"/>
        <source>Settings of a picture – Etascope</source>
        <translation>图片参数 – Etascope</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Settings – Etascope</source>
        <translation>设置 – Etascope</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>Show all cells again (Backspace).</source>
        <translation>回到全部格子（Backspace）。</translation>
    </message>
    <message>
        <location filename="../../gui/stage.py"/>
        <source>Show beside it the way there: the finished picture, with as much noise added as xₜ has (N).</source>
        <translation>在旁边显示加噪过程：给成品图加上与 xₜ 同样多的噪声（N）。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/chooser.py"/>
        <source>Show in Gallery</source>
        <translation>在画廊中显示</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Show it at 100 %</source>
        <translation>按 100 % 显示</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Show it in the system's file manager.</source>
        <translation>在系统文件管理器中显示。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Show it on the disk</source>
        <translation>在磁盘中显示</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_menu.py"/>
        <source>Show large</source>
        <translation>放大显示</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Show on disk</source>
        <translation>在磁盘中显示</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/action_bar.py"/>
        <source>Show one after the other, large (F5).</source>
        <translation>逐张大图放映（F5）。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/filters.py"/>
        <source>Show only these pictures: {term}</source>
        <translation>只显示这些图片：{term}</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Show the cell large</source>
        <translation>放大显示此格</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Show the picture large</source>
        <translation>查看大图</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Show the raw text</source>
        <translation>显示原文</translation>
    </message>
    <message>
        <location filename="../../gui/picture_panel.py"/>
        <source>Show the settings that are seldom needed.</source>
        <translation>显示不常用的参数。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/scrubber.py"/>
        <source>Show the steps of all cells one after another (Space).</source>
        <translation>逐步播放所有格子（空格）。</translation>
    </message>
    <message>
        <location filename="../../gui/stage.py"/>
        <source>Show the steps one after another (Space).</source>
        <translation>逐步播放（空格）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Show this cell large (Enter).</source>
        <translation>放大显示此格（Enter）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>Shown once pictures are finished.</source>
        <translation>图片完成后显示。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/sides.py"/>
        <source>Side</source>
        <translation>侧栏</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>Signal ᾱ</source>
        <translation>信号 ᾱ</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/grid.py"/>
        <source>Single pictures</source>
        <translation>单张图片</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <location filename="../../gui/picture_panel.py"/>
        <source>Size by hand</source>
        <translation>自定义尺寸</translation>
    </message>
    <message>
        <location filename="../../gui/dropping.py"/>
        <source>Size: {width} × {height}</source>
        <translation>尺寸：{width} × {height}</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/action_bar.py"/>
        <source>Slideshow</source>
        <translation>放映</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/slideshow.py"/>
        <source>Slideshow – Etascope</source>
        <translation>放映 – Etascope</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/slideshow.py"/>
        <source>Slideshow: {words}</source>
        <translation>放映：{words}</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Small pictures with their settings, 48 a sheet.</source>
        <translation>带参数的缩略图，每页 48 张。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Sooner</source>
        <translation>前移</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Space pauses, Alt+Up and Alt+Down move, Del cancels, R tries again.</source>
        <translation>空格暂停，Alt+↑ 和 Alt+↓ 移动，Del 取消，R 重试。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/slideshow.py"/>
        <source>Space pauses, Left and Right go through the pictures, Esc ends it.</source>
        <translation>空格暂停，左右键切换图片，Esc 结束。</translation>
    </message>
    <message>
        <location filename="../../gui/library/dialogs.py"/>
        <source>Stay offline.</source>
        <translation>保持离线。</translation>
    </message>
    <message>
        <location filename="../../gui/reproducing.py"/>
        <source>Step {done} of {total}</source>
        <translation>第 {done}/{total} 步</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Step {step} of {of}</source>
        <translation>第 {step}/{of} 步</translation>
    </message>
    <message>
        <location filename="../../gui/jobs.py"/>
        <source>Step {step} of {steps}</source>
        <translation>第 {step}/{steps} 步</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <location filename="../../gui/compare/scrubber.py"/>
        <source>Steps of all cells</source>
        <translation>所有格子的步骤</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Steps to look back at</source>
        <translation>可回看的步骤</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_menu.py"/>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Stop all</source>
        <translation>全部停止</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Stop all cells that run or wait.</source>
        <translation>停止所有运行和等待的格子。</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Stop everything that runs or waits.</source>
        <translation>停止所有运行和等待的任务。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Stop it, or let it go on</source>
        <translation>停止或继续</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Stop saving ({percent} %)</source>
        <translation>停止保存（{percent} %）</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Stop this cell where it is, or let it go on from there (S).</source>
        <translation>停下此格，或让它从停下处继续（S）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Stopped at step {step} of {of}</source>
        <translation>停在第 {step}/{of} 步</translation>
    </message>
    <message>
        <location filename="../../gui/compare/ranking.py"/>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <location filename="../../gui/compare/ranking.py"/>
        <source>Strength is the share of comparisons that each is expected to win against an average one: Bradley and Terry's model of 1952, a tie counting half a win for both.</source>
        <translation>强度是与平均水平对比时的预期胜率：采用 Bradley 和 Terry 1952 年的模型，平局双方各计半胜。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>Structural similarity: 1 is the same.</source>
        <translation>结构相似度：1 为相同。</translation>
    </message>
    <message>
        <location filename="../../gui/style_menu.py"/>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Styles</source>
        <translation>风格</translation>
    </message>
    <message>
        <location filename="../../gui/compare/saving.py"/>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/filters.py"/>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/marks_panel.py"/>
        <source>Tags, with commas</source>
        <translation>标签，以逗号分隔</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Take all its settings</source>
        <translation>取用全部参数</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Take all its settings but the seed</source>
        <translation>取用除种子外的全部参数</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Take all its settings but the seed (Shift+A).</source>
        <translation>取用除种子外的全部参数（Shift+A）。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Take all its settings to Create (A).</source>
        <translation>把全部参数用于创作（A）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Take from Create</source>
        <translation>取自创作</translation>
    </message>
    <message>
        <location filename="../../gui/toast.py"/>
        <source>Take it back (Ctrl+Z).</source>
        <translation>撤销（Ctrl+Z）。</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Take it off the queue (Del).</source>
        <translation>移出队列（Del）。</translation>
    </message>
    <message>
        <location filename="../../gui/library/details.py"/>
        <source>Take its folder off the list</source>
        <translation>将其文件夹移出列表</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Take its prompt</source>
        <translation>取用提示词</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Take its prompts to Create (P).</source>
        <translation>把提示词用于创作（P）。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Take its seed</source>
        <translation>取用种子</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Take its seed to Create (S).</source>
        <translation>把种子用于创作（S）。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Take its settings to Create</source>
        <translation>把参数用于创作</translation>
    </message>
    <message>
        <location filename="../../gui/extras_panel.py"/>
        <source>Take off</source>
        <translation>移除</translation>
    </message>
    <message>
        <location filename="../../gui/library/details.py"/>
        <source>Take off the list</source>
        <translation>移出列表</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>Take prompt and settings over from the Create view.</source>
        <translation>取用创作视图的提示词和参数。</translation>
    </message>
    <message>
        <location filename="../../gui/extras_panel.py"/>
        <source>Take this LoRA off.</source>
        <translation>移除这个 LoRA。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Take this cell's settings to the Create view (U).</source>
        <translation>把此格的参数用于创作视图（U）。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Ten a second</source>
        <translation>每秒十次</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>The best there is</source>
        <translation>自动选最快的</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>The blind test: which picture is better?</source>
        <translation>盲测：哪张图片更好？</translation>
    </message>
    <message>
        <location filename="../../gui/compare/ranking.py"/>
        <source>The cells, or all that share a setting.</source>
        <translation>各个格子，或参数相同的各组格子。</translation>
    </message>
    <message>
        <location filename="../../gui/library/details.py"/>
        <source>The chosen model.</source>
        <translation>所选模型。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>The first words are looked for in the prompt; the others take their place in turn.</source>
        <translation>在提示词中查找第一个词，再依次替换为其余的词。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>The folder of the galleries</source>
        <translation>画廊文件夹</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>The folder that holds the galleries. Pictures already there stay there.</source>
        <translation>存放画廊的文件夹。已有图片留在原处。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/keeper.py"/>
        <source>The gallery {name} is gone; the comparison goes on in a new one.</source>
        <translation>画廊“{name}”已不在；对比在新的画廊中继续。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/keeper.py"/>
        <source>The gallery {old} is called {new} now; the comparison goes on there.</source>
        <translation>画廊“{old}”现名“{new}”；对比在那里继续。</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/size_field.py"/>
        <source>The height of the picture in pixels. Up and Down go to the next that works.</source>
        <translation>图片高度（像素）。上下键跳到下一个可用值。</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/upkeep.py"/>
        <source>The index has %n picture(s).</source>
        <translation>
            <numerusform>索引中有 %n 张图片。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gui/gallery/view.py"/>
        <source>The index is free again</source>
        <translation>索引已可用</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>The left picture is the better one (←).</source>
        <translation>左图更好（←）。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>The loupe</source>
        <translation>放大镜</translation>
    </message>
    <message>
        <location filename="../../gui/library/hall.py"/>
        <source>The model is off the list: the starter takes its place.</source>
        <translation>该模型已移出列表，改用入门模型。</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_edit.py"/>
        <source>The model reads it in chunks of {limit} tokens; thin lines mark where one ends.</source>
        <translation>模型每段读取 {limit} 个词元；细线标出分段处。</translation>
    </message>
    <message>
        <location filename="../../gui/top_bar.py"/>
        <source>The model runs on {device} in {dtype}, by {backend}.</source>
        <translation>模型以 {dtype} 精度在 {device} 上运行，后端为 {backend}。</translation>
    </message>
    <message>
        <location filename="../../gui/top_bar.py"/>
        <source>The model that makes the pictures.</source>
        <translation>用来生成图片的模型。</translation>
    </message>
    <message>
        <location filename="../../gui/extras_panel.py"/>
        <source>The model's own</source>
        <translation>模型自带</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>The most that a model may take. What takes more is refused.</source>
        <translation>模型最多可占用的内存。超出的会被拒绝。</translation>
    </message>
    <message>
        <location filename="../../gui/strip.py"/>
        <source>The newest pictures of this gallery. Click one to see it.</source>
        <translation>这个画廊中最新的图片。点击查看。</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/seed.py"/>
        <source>The number that the noise is made from: the same seed and settings give the same picture.
Type one to keep it; empty means a new one each time.</source>
        <translation>生成噪声所用的数字：种子和参数相同，图片就相同。
输入即固定；留空则每次换新的。</translation>
    </message>
    <message>
        <location filename="../../gui/bridge.py"/>
        <source>The part of Etascope that makes pictures has stopped.</source>
        <translation>Etascope 的生成引擎已停止运行。</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/reproducing.py"/>
        <source>The paths had parted after %n step(s).</source>
        <translation>
            <numerusform>两条轨迹在 %n 步后分开。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>The picture left of the edge.</source>
        <translation>分界左侧的图片。</translation>
    </message>
    <message>
        <location filename="../../gui/dropping.py"/>
        <source>The picture {name}</source>
        <translation>图片 {name}</translation>
    </message>
    <message>
        <location filename="../../gui/stage.py"/>
        <source>The picture. Turn the wheel to zoom, drag to move it.</source>
        <translation>图片。滚轮缩放，拖动平移。</translation>
    </message>
    <message>
        <location filename="../../gui/canvas/__init__.py"/>
        <source>The picture. Wheel or + and - zoom, drag moves, F or double-click fits, 1 shows it at 100 %.
Left and Right go through the pictures; P, S, A recall the prompt, the seed, all settings.</source>
        <translation>图片。滚轮或 +、- 缩放，拖动平移，F 或双击适应窗口，1 按 100 % 显示。
左右键切换图片；P、S、A 取用提示词、种子、全部参数。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/large.py"/>
        <source>The picture. Wheel or + and - zoom, drag moves, Z shows it at 100 % or fitted.
Left and Right go through the pictures, Esc goes back to all of them.</source>
        <translation>图片。滚轮或 +、- 缩放，拖动平移，Z 在 100 % 与适应窗口间切换。
左右键切换图片，Esc 回到全部图片。</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>The pictures being made and those that wait. {keys}</source>
        <translation>正在生成和等待的图片。{keys}</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/begin.py"/>
        <source>The pictures cannot be reached</source>
        <translation>无法访问图片</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>The plots of all cells</source>
        <translation>所有格子的曲线图</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>The right picture is the better one (→).</source>
        <translation>右图更好（→）。</translation>
    </message>
    <message>
        <location filename="../../gui/sampling_panel.py"/>
        <source>The rule by which each step takes noise away.</source>
        <translation>每一步去除噪声的算法。</translation>
    </message>
    <message>
        <location filename="../../gui/reproducing.py"/>
        <source>The same within rounding: no colour is off by more than 1 of 255.</source>
        <translation>在舍入误差内相同：颜色相差不超过 1/255。</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/seed.py"/>
        <source>The seed stays the same. Click to draw a new one for each Generate.</source>
        <translation>种子已固定。点击后每次生成换新种子。</translation>
    </message>
    <message>
        <location filename="../../gui/picture_panel.py"/>
        <source>The size is set by hand, below.</source>
        <translation>尺寸已在下方自定义。</translation>
    </message>
    <message>
        <location filename="../../gui/library/welcome.py"/>
        <source>The starter model is ready. There are larger ones:</source>
        <translation>入门模型已就绪。还有更大的模型：</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>The steps are counted in model calls of the first cell, and every cell takes as long as they do, as was measured on this machine.</source>
        <translation>步数按第一格的模型调用次数计；根据本机测得的速度，各格用时相同。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>The steps are counted in model calls: every sampler asks the model as often. Heun asks twice a step and so takes half the steps.</source>
        <translation>步数按模型调用次数计：每个采样器调用次数相同。Heun 每步调用两次，因此步数减半。</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>The steps to each picture as a moving one; where they are still kept.</source>
        <translation>把每张图片的生成步骤做成动画；限步骤仍保留的图片。</translation>
    </message>
    <message>
        <location filename="../../gui/style_menu.py"/>
        <source>The styles cannot be read.</source>
        <translation>无法读取风格。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>The text in the file, as it is.</source>
        <translation>文件中的原始文本。</translation>
    </message>
    <message>
        <location filename="../../gui/stage.py"/>
        <source>The way there</source>
        <translation>加噪过程</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>The way there beside the way back</source>
        <translation>加噪与去噪过程并排</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/size_field.py"/>
        <source>The width of the picture in pixels. Up and Down go to the next that works.</source>
        <translation>图片宽度（像素）。上下键跳到下一个可用值。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <location filename="../../gui/stage.py"/>
        <source>There is a way there once the picture is finished and all its steps are kept.</source>
        <translation>图片完成且各步都保留后，才能显示加噪过程。</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_reader.py"/>
        <source>There is no LoRA “{name}” here.</source>
        <translation>这里没有 LoRA“{name}”。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/deeds.py"/>
        <source>They are in {gallery} already.</source>
        <translation>它们已在 {gallery} 中。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/begin.py"/>
        <source>This gallery is empty</source>
        <translation>这个画廊是空的</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>This list</source>
        <translation>本列表</translation>
    </message>
    <message>
        <location filename="../../gui/recalling.py"/>
        <source>This model cannot go on from its branch: it begins from noise.</source>
        <translation>此模型不能接着它的分支：将从噪声开始。</translation>
    </message>
    <message>
        <location filename="../../gui/controls.py"/>
        <source>This model takes none.</source>
        <translation>此模型不接受。</translation>
    </message>
    <message>
        <location filename="../../gui/recalling.py"/>
        <source>This picture carries no prompt that can be read.</source>
        <translation>这张图片里没有可读取的提示词。</translation>
    </message>
    <message>
        <location filename="../../gui/recalling.py"/>
        <source>This picture carries no seed that can be read.</source>
        <translation>这张图片里没有可读取的种子。</translation>
    </message>
    <message>
        <location filename="../../gui/dropping.py"/>
        <source>This picture carries no settings that can be read.</source>
        <translation>这张图片里没有可读取的参数。</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>This takes two pictures.</source>
        <translation>这需要两张图片。</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Those that are here, or others.</source>
        <translation>本机已有的，或其他的。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Throw it away</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <location filename="../../gui/compare/ranking.py"/>
        <source>Tied</source>
        <translation>平</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <location filename="../../gui/timeline.py"/>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>Times</source>
        <translation>倍数</translation>
    </message>
    <message>
        <location filename="../../gui/library/hall.py"/>
        <source>To get the vocabulary that this model's file has not (about 1.5 MB).</source>
        <translation>将下载此模型文件中没有的词表（约 1.5 MB）。</translation>
    </message>
    <message>
        <location filename="../../gui/library/hall.py"/>
        <source>To get {model}{size}, {licence}.</source>
        <translation>下载 {model}{size}，{licence}。</translation>
    </message>
    <message>
        <location filename="../../gui/library/hall.py"/>
        <source>To go on with {model}.</source>
        <translation>以继续获取 {model}。</translation>
    </message>
    <message>
        <location filename="../../gui/library/hall.py"/>
        <source>To search it for models by name.</source>
        <translation>用于按名称搜索模型。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/filters.py"/>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <location filename="../../gui/library/dialogs.py"/>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <location filename="../../gui/library/dialogs.py"/>
        <source>Token – Etascope</source>
        <translation>令牌 – Etascope</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>Token…</source>
        <translation>令牌…</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>Tool</source>
        <translation>工具</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <location filename="../../gui/extras.py"/>
        <source>Try again in a moment.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Try again what failed</source>
        <translation>重试失败的任务</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Try again what failed (R).</source>
        <translation>重试失败的任务（R）。</translation>
    </message>
    <message>
        <location filename="../../gui/queue_panel.py"/>
        <source>Try again what has failed.</source>
        <translation>重试失败的任务。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Two a second</source>
        <translation>每秒两次</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>Two pictures at a time without names: which is better? A ranking at the end (J).</source>
        <translation>每次两张不署名的图片：哪张更好？最后给出排名（J）。</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>Two pictures with an edge between them to drag (W).</source>
        <translation>两张图片，拖动中间的分界（W）。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_menu.py"/>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>Use all  A</source>
        <translation>全部取用  A</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/picture_menu.py"/>
        <source>Use all but the seed</source>
        <translation>取用除种子外的参数</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/picture_menu.py"/>
        <source>Use all settings</source>
        <translation>取用全部参数</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <location filename="../../gui/library/dialogs.py"/>
        <source>Use the network for this.</source>
        <translation>为此使用网络。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/picture_menu.py"/>
        <source>Use the prompt</source>
        <translation>取用提示词</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/picture_menu.py"/>
        <source>Use the seed</source>
        <translation>取用种子</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_menu.py"/>
        <source>Use these settings</source>
        <translation>取用这些参数</translation>
    </message>
    <message>
        <location filename="../../gui/library/details.py"/>
        <source>Use this model</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <location filename="../../gui/extras_panel.py"/>
        <source>VAE</source>
        <translation>VAE</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>Values with commas between them: {example}</source>
        <translation>以逗号分隔的值：{example}</translation>
    </message>
    <message>
        <location filename="../../gui/upkeep.py"/>
        <source>Verify</source>
        <translation>校验</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Verify all files…</source>
        <translation>校验所有文件…</translation>
    </message>
    <message>
        <location filename="../../gui/top_bar.py"/>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>Wait for them, or cancel them.</source>
        <translation>请等它们完成，或取消它们。</translation>
    </message>
    <message>
        <location filename="../../gui/queue_model.py"/>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <location filename="../../gui/create_view.py"/>
        <source>Waiting for the first step…</source>
        <translation>正在等待第一步…</translation>
    </message>
    <message>
        <location filename="../../gui/create_view.py"/>
        <source>Waiting for the model…</source>
        <translation>正在等待模型…</translation>
    </message>
    <message>
        <location filename="../../gui/reproducing.py"/>
        <source>Waiting for the pictures before it…</source>
        <translation>正在等待前面的图片…</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Web pages (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>WebP animation</source>
        <translation>WebP 动画</translation>
    </message>
    <message>
        <location filename="../../gui/extras_panel.py"/>
        <source>Weight of {name}</source>
        <translation>{name} 的权重</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_reader.py"/>
        <source>Weights go from {least} to {most}</source>
        <translation>权重范围 {least} 到 {most}</translation>
    </message>
    <message>
        <location filename="../../gui/errand_dialog.py"/>
        <source>What came of it, line by line.</source>
        <translation>逐行列出的结果。</translation>
    </message>
    <message>
        <location filename="../../gui/messages.py"/>
        <source>What happened, for whoever mends it.</source>
        <translation>发生了什么，供修复者参考。</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>What has arrived is kept.</source>
        <translation>已下载的部分会保留。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/sides.py"/>
        <source>What is compared, or the cell in hand.</source>
        <translation>要对比的内容，或当前的格。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>What is equal</source>
        <translation>相同的量</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>What is fast here</source>
        <translation>自动选较快的</translation>
    </message>
    <message>
        <location filename="../../gui/compare/ranking.py"/>
        <source>What is ranked</source>
        <translation>排名对象</translation>
    </message>
    <message>
        <location filename="../../gui/footer.py"/>
        <source>What runs and what waits: pause, move, cancel (Ctrl+J).</source>
        <translation>运行和等待的任务：暂停、移动、取消（Ctrl+J）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>What samplers have in common beside each other.</source>
        <translation>并排时各采样器的什么相同。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>What shall it be called?</source>
        <translation>叫什么名称？</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>What shall {name} be called?</source>
        <translation>{name} 改叫什么名称？</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>What the comparison will take on this machine.</source>
        <translation>这次对比在本机上的开销。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>What the model computes in. Changing it loads the model again.</source>
        <translation>模型运算所用的精度。更改后会重新加载模型。</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>What the others are compared with.</source>
        <translation>其他图片与它比较。</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>What the pictures are given away as.</source>
        <translation>图片导出的形式。</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>What the pictures are turned into.</source>
        <translation>图片转换成的格式。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/scrubber.py"/>
        <source>What the steps show</source>
        <translation>步骤显示的内容</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>What the window speaks, from the next start on.</source>
        <translation>界面语言，下次启动起生效。</translation>
    </message>
    <message>
        <location filename="../../gui/extras_panel.py"/>
        <source>What turns latents into colours; another one than the model's own.</source>
        <translation>把潜变量变成颜色的部件；可换用模型自带以外的。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>What varies: {where}.</source>
        <translation>{where}变化的参数。</translation>
    </message>
    <message>
        <location filename="../../gui/canvas/examples.py"/>
        <source>What would you like to see?</source>
        <translation>想看到什么画面？</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>Wheel or + and - zoom all pictures, drag or Shift with an arrow moves them, F or a double-click fits, 1 shows a pixel for a pixel.
Left and Right go through the pictures; with the loupe the arrows move it.</source>
        <translation>滚轮或 +、- 缩放所有图片，拖动或 Shift 加方向键平移，F 或双击适应窗口，1 为一像素对一像素。
左右键切换图片；使用放大镜时方向键移动它。</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>Where one picture ends and the other begins, in per cent.</source>
        <translation>两张图片的分界位置，以百分比计。</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>Where the model runs. Changing it loads the model again.</source>
        <translation>模型在哪里运行。更改后会重新加载模型。</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Where to export</source>
        <translation>导出到</translation>
    </message>
    <message>
        <location filename="../../gui/extras_panel.py"/>
        <source>Which layer of the text model is read, counted from the end. Some models want 2.</source>
        <translation>读取文本模型的倒数第几层。有些模型需要 2。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/pages.py"/>
        <source>Which page of cells is shown (Ctrl+PgUp, Ctrl+PgDown).</source>
        <translation>显示哪一页格子（Ctrl+PgUp、Ctrl+PgDown）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>Which picture is the better one?</source>
        <translation>哪张图片更好？</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/search_bar.py"/>
        <source>Which pictures stand together.</source>
        <translation>哪些图片归为一组。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/scrubber.py"/>
        <source>Which steps of the cells belong together.</source>
        <translation>各格的步骤如何对应。</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/size_field.py"/>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>Wipe</source>
        <translation>划变</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Wipe two against each other</source>
        <translation>两张划变对比</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>With favourites and tags</source>
        <translation>含收藏和标签</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>With their settings</source>
        <translation>含参数</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_edit.py"/>
        <source>With wildcards it depends on what is chosen.</source>
        <translation>含通配符时，取决于选中的内容。</translation>
    </message>
    <message>
        <location filename="../../gui/queue_model.py"/>
        <source>Without a prompt</source>
        <translation>无提示词</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>Without them, nothing but the pixels is given away.</source>
        <translation>不含时，导出的只有像素。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/ranking.py"/>
        <source>Won</source>
        <translation>胜</translation>
    </message>
    <message>
        <location filename="../../gui/style_menu.py"/>
        <source>Words laid round the prompt (Ctrl+T).</source>
        <translation>套在提示词外面的词语（Ctrl+T）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>Words of the prompt</source>
        <translation>提示词中的词</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/search_field.py"/>
        <source>Words of the prompt, in any language, and terms: sampler:ddim eta&gt;0.3 steps&lt;=20 seed:7 model:starter after:2026-01-01 rating&gt;=4 is:favourite tag:sea -boat (Ctrl+F).</source>
        <translation>提示词中的词（任何语言）和条件：sampler:ddim eta&gt;0.3 steps&lt;=20 seed:7 model:starter after:2026-01-01 rating&gt;=4 is:favourite tag:海 -帆船（Ctrl+F）。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/marks_panel.py"/>
        <source>Words of your own, with commas between them; found again as tag:word (T).</source>
        <translation>自定的标签，以逗号分隔；可用 tag:标签 搜索（T）。</translation>
    </message>
    <message>
        <location filename="../../gui/library/view.py"/>
        <source>Worth getting. Nothing is asked of the network until you press Get.</source>
        <translation>值得下载的模型。点“下载”之前不会访问网络。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Write its tags</source>
        <translation>编辑标签</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/side.py"/>
        <source>You need not wait for it</source>
        <translation>不必等它完成</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/begin.py"/>
        <source>Your pictures will be here</source>
        <translation>您的图片会出现在这里</translation>
    </message>
    <message>
        <location filename="../../gui/crashes.py"/>
        <source>Your settings are here again; what was cut off waits in the queue, paused. Please report it with the details; your prompts are not in them.</source>
        <translation>您的设置已恢复；中断的任务在队列中等待，已暂停。请附上详情报告此问题，其中不含您的提示词。</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>ZIP archive</source>
        <translation>ZIP 压缩包</translation>
    </message>
    <message>
        <location filename="../../gui/exporting.py"/>
        <source>ZIP archives (*.zip)</source>
        <translation>ZIP 压缩包 (*.zip)</translation>
    </message>
    <message>
        <location filename="../../gui/compare/scrubber.py"/>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <location filename="../../gui/compare/scrubber.py"/>
        <source>Zoom of all cells: fit, or 100 %, a pixel for a pixel (0 and 1).</source>
        <translation>所有格子的缩放：适应，或 100 % 一像素对一像素（0 和 1）。</translation>
    </message>
    <message>
        <location filename="../../gui/shortcuts.py"/>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <location filename="../../gui/canvas/examples.py"/>
        <source>a red sailing boat on the sea at sunset with clouds</source>
        <translation>日落时海上的一艘红色帆船，多云</translation>
    </message>
    <message>
        <location filename="../../gui/canvas/examples.py"/>
        <source>a white lighthouse by the sea under a starry sky, neon</source>
        <translation>星空下海边的白色灯塔，霓虹</translation>
    </message>
    <message>
        <location filename="../../gui/compare/costing.py"/>
        <source>about {time}</source>
        <translation>约 {time}</translation>
    </message>
    <message>
        <location filename="../../gui/library/card.py"/>
        <source>added</source>
        <translation>已添加</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>after step {step}</source>
        <translation>第 {step} 步之后</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>after step {step} of {steps}</source>
        <translation>第 {step}/{steps} 步之后</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/__init__.py"/>
        <source>against</source>
        <translation>比较</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>and %n more pair(s)</source>
        <translation>
            <numerusform>另有 %n 对</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>asking the Hub…</source>
        <translation>正在查询 Hub…</translation>
    </message>
    <message>
        <location filename="../../gui/library/card.py"/>
        <source>away: its drive is not there</source>
        <translation>离线：所在磁盘不在</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>bfloat16, quicker</source>
        <translation>bfloat16，较快</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>boat, house, windmill</source>
        <translation>帆船, 房子, 风车</translation>
    </message>
    <message>
        <location filename="../../gui/reel.py"/>
        <source>branched after step {step}</source>
        <translation>第 {step} 步后分支</translation>
    </message>
    <message>
        <location filename="../../gui/compare/scrubber.py"/>
        <source>calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <location filename="../../gui/library/card.py"/>
        <source>cannot be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>checking what has arrived…</source>
        <translation>正在核对已下载的内容…</translation>
    </message>
    <message>
        <location filename="../../gui/compare/costing.py"/>
        <source>clip skip {skip}</source>
        <translation>clip skip {skip}</translation>
    </message>
    <message>
        <location filename="../../gui/library/card.py"/>
        <source>does not fit</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cells.py"/>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_edit.py"/>
        <source>end not read</source>
        <translation>末尾未读取</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cells.py"/>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cells_model.py"/>
        <source>failed. {reason}</source>
        <translation>失败。{reason}</translation>
    </message>
    <message>
        <location filename="../../gui/library/card.py"/>
        <source>fits this machine</source>
        <translation>适合本机</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>float16, quicker</source>
        <translation>float16，较快</translation>
    </message>
    <message>
        <location filename="../../gui/settings_dialog.py"/>
        <source>float32, exact</source>
        <translation>float32，精确</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/span.py"/>
        <source>from {lowest} to {highest}</source>
        <translation>{lowest} 到 {highest}</translation>
    </message>
    <message>
        <location filename="../../gui/compare/costing.py"/>
        <source>guidance {scale}</source>
        <translation>引导强度 {scale}</translation>
    </message>
    <message>
        <location filename="../../gui/library/card.py"/>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cells.py"/>
        <source>left out</source>
        <translation>已移除</translation>
    </message>
    <message>
        <location filename="../../gui/stage.py"/>
        <source>left: the way back, right: there</source>
        <translation>左：去噪过程，右：加噪过程</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>less than a minute left</source>
        <translation>剩余不到一分钟</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>model calls</source>
        <translation>模型调用</translation>
    </message>
    <message>
        <location filename="../../gui/library/card.py"/>
        <source>no licence told</source>
        <translation>未注明许可</translation>
    </message>
    <message>
        <location filename="../../gui/compare/scrubber.py"/>
        <source>noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cells.py"/>
        <source>not run yet</source>
        <translation>尚未运行</translation>
    </message>
    <message>
        <location filename="../../gui/library/card.py"/>
        <source>only with a token</source>
        <translation>需要令牌</translation>
    </message>
    <message>
        <location filename="../../gui/library/card.py"/>
        <source>part of Etascope</source>
        <translation>Etascope 自带</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cells.py"/>
        <source>picture gone or changed</source>
        <translation>图片已不在或已更改</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cells_model.py"/>
        <source>pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/seed.py"/>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_delegate.py"/>
        <source>reference</source>
        <translation>基准</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cells_model.py"/>
        <source>rolled again</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cells.py"/>
        <source>runs</source>
        <translation>运行中</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <location filename="../../gui/compare/costing.py"/>
        <source>seed {seed}</source>
        <translation>种子 {seed}</translation>
    </message>
    <message>
        <location filename="../../gui/library/card.py"/>
        <source>slow on this machine</source>
        <translation>在本机上较慢</translation>
    </message>
    <message>
        <location filename="../../gui/compare/plots.py"/>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cells_model.py"/>
        <source>step {step} of {of}</source>
        <translation>第 {step}/{of} 步</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cells.py"/>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cells_model.py"/>
        <source>stopped at step {step} of {of}</source>
        <translation>停在第 {step}/{of} 步</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cells_model.py"/>
        <source>stopped at {step} of {of}</source>
        <translation>停在 {step}/{of}</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>the same</source>
        <translation>相同</translation>
    </message>
    <message>
        <location filename="../../gui/canvas/examples.py"/>
        <source>three yellow balloons over a meadow at sunrise, watercolour</source>
        <translation>日出时草地上空的三个黄色热气球，水彩画</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>time</source>
        <translation>用时</translation>
    </message>
    <message>
        <location filename="../../gui/compare/costing.py"/>
        <source>time not measured yet</source>
        <translation>尚未测得用时</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>today {clock}</source>
        <translation>今天 {clock}</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>two or more of those below</source>
        <translation>下列中的两个或更多</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>verified, and found from now on</source>
        <translation>已校验，今后会自动找到</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>verified, and on the list</source>
        <translation>已校验，并加入列表</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cells.py"/>
        <source>waits its turn</source>
        <translation>等待中</translation>
    </message>
    <message>
        <location filename="../../gui/controls.py"/>
        <source>what it should not be</source>
        <translation>不想要的内容</translation>
    </message>
    <message>
        <location filename="../../gui/controls.py"/>
        <source>what the picture should show</source>
        <translation>想要的画面</translation>
    </message>
    <message>
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>what the pictures should show</source>
        <translation>图片共同的画面</translation>
    </message>
    <message>
        <location filename="../../gui/stage.py"/>
        <source>x̂₀: the picture each step expects. xₜ: the noisy one it works on (X).</source>
        <translation>x̂₀：每一步预测的图片。xₜ：它所处理的带噪图（X）。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/scrubber.py"/>
        <source>x̂₀: the picture each step expects. xₜ: the noisy one it works on. (X)</source>
        <translation>x̂₀：每一步预测的图片。xₜ：它所处理的带噪图。（X）</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>yesterday {clock}</source>
        <translation>昨天 {clock}</translation>
    </message>
    <message>
        <location filename="../../gui/sampling_panel.py"/>
        <source>{about} {steps}, {calls}.</source>
        <translation>{about}{steps}，{calls}。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/costing.py"/>
        <source>{amount} of memory</source>
        <translation>内存 {amount}</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/pages.py"/>
        <source>{at} of {total}</source>
        <translation>{at}/{total}</translation>
    </message>
    <message>
        <location filename="../../gui/queue_model.py"/>
        <source>{cost}, seed {seed}</source>
        <translation>{cost}，种子 {seed}</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>{count} more in the raw text</source>
        <translation>另有 {count} 项在原文中</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/details.py"/>
        <source>{count} pictures</source>
        <translation>{count} 张图片</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/deeds.py"/>
        <source>{count} pictures copied</source>
        <translation>已复制 {count} 张图片</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/deeds.py"/>
        <source>{count} pictures moved to {gallery}</source>
        <translation>已将 {count} 张图片移到 {gallery}</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/deeds.py"/>
        <source>{count} pictures thrown away</source>
        <translation>已丢弃 {count} 张图片</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/marks_panel.py"/>
        <source>{count} stars</source>
        <translation>{count} 星</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/said.py"/>
        <source>{count} values</source>
        <translation>{count} 个值</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/costing.py"/>
        <source>{done} of %n picture(s) done, the others on their way.</source>
        <translation>
            <numerusform>%n 张图片已完成 {done} 张，其余正在生成。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>{done} of {total}</source>
        <translation>{done}/{total}</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>{done} of {total} are here</source>
        <translation>已有 {done}/{total}</translation>
    </message>
    <message>
        <location filename="../../gui/errand_dialog.py"/>
        <source>{done} of {total} pictures</source>
        <translation>{done}/{total} 张图片</translation>
    </message>
    <message>
        <location filename="../../gui/upkeep.py"/>
        <source>{done} of {total} pictures read</source>
        <translation>已读取 {done}/{total} 张图片</translation>
    </message>
    <message>
        <location filename="../../gui/upkeep.py"/>
        <source>{done} of {total} pictures verified</source>
        <translation>已校验 {done}/{total} 张图片</translation>
    </message>
    <message>
        <location filename="../../gui/footer.py"/>
        <source>{failed} failed</source>
        <translation>{failed} 个失败</translation>
    </message>
    <message>
        <location filename="../../gui/compare/costing.py"/>
        <source>{hours} h</source>
        <translation>{hours} 小时</translation>
    </message>
    <message>
        <location filename="../../gui/jobs.py"/>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分</translation>
    </message>
    <message>
        <location filename="../../gui/viewer/scene.py"/>
        <source>{label}  ·  {number} of {count}</source>
        <translation>{label}  ·  {number}/{count}</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/slider.py"/>
        <source>{label}, slider</source>
        <translation>{label}，滑块</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/fields.py"/>
        <source>{label}, {span}.</source>
        <translation>{label}，{span}。</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/fields.py"/>
        <source>{label}: {span}.</source>
        <translation>{label}：{span}。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/costing.py"/>
        <source>{minutes} min</source>
        <translation>{minutes} 分</translation>
    </message>
    <message>
        <location filename="../../gui/jobs.py"/>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <location filename="../../gui/library/hall.py"/>
        <source>{model} is whole and can be used.</source>
        <translation>{model} 完好，可以使用。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/marks_panel.py"/>
        <source>{name} ({count}); 0 takes them off.</source>
        <translation>{name}（{count}）；按 0 取消。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/galleries_list.py"/>
        <source>{name} cannot be reached.</source>
        <translation>无法访问 {name}。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/pictures_model.py"/>
        <source>{name} cannot be read</source>
        <translation>无法读取 {name}</translation>
    </message>
    <message>
        <location filename="../../gui/trash.py"/>
        <source>{name} could not be put into the trash: {reason}.</source>
        <translation>无法将 {name} 移入回收站：{reason}。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/keeper.py"/>
        <source>{name} is no comparison.</source>
        <translation>{name} 不是对比图。</translation>
    </message>
    <message>
        <location filename="../../gui/gallery_model.py"/>
        <source>{name}, branched</source>
        <translation>{name}，分支</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/galleries_list.py"/>
        <source>{name}, {count} pictures</source>
        <translation>{name}，{count} 张图片</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/strip.py"/>
        <source>{name}: %n picture(s)</source>
        <translation>
            <numerusform>{name}：%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gui/gallery/galleries_list.py"/>
        <source>{name}: new pictures go here.</source>
        <translation>{name}：新图片存放在这里。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>{number} of {all}</source>
        <translation>{number}/{all}</translation>
    </message>
    <message>
        <location filename="../../gui/compare/view.py"/>
        <source>{one} and {other} are the same by definition.</source>
        <translation>{one} 与 {other} 按定义相同。</translation>
    </message>
    <message>
        <location filename="../../gui/compare/view.py"/>
        <source>{one} and {other} came out the same.</source>
        <translation>{one} 与 {other} 的结果相同。</translation>
    </message>
    <message>
        <location filename="../../gui/library/hall.py"/>
        <source>{place} is on the list.</source>
        <translation>{place} 已加入列表。</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>{reason} Trying again…</source>
        <translation>{reason}正在重试…</translation>
    </message>
    <message>
        <location filename="../../gui/library/dialogs.py"/>
        <source>{repository} is only for those whom the Hub knows.</source>
        <translation>{repository} 只提供给已登录 Hub 的人。</translation>
    </message>
    <message>
        <location filename="../../gui/queue_model.py"/>
        <source>{sampler}, {steps}</source>
        <translation>{sampler}，{steps}</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/action_bar.py"/>
        <source>{selected} of {total} selected</source>
        <translation>已选 {selected}/{total}</translation>
    </message>
    <message>
        <location filename="../../gui/dropping.py"/>
        <source>{setting}: {value}</source>
        <translation>{setting}：{value}</translation>
    </message>
    <message>
        <location filename="../../gui/compare/ranking.py"/>
        <source>{share} %</source>
        <translation>{share} %</translation>
    </message>
    <message>
        <location filename="../../gui/library/card.py"/>
        <source>{size} GB</source>
        <translation>{size} GB</translation>
    </message>
    <message>
        <location filename="../../gui/library/card.py"/>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <location filename="../../gui/library/bar.py"/>
        <source>{size} a second</source>
        <translation>每秒 {size}</translation>
    </message>
    <message>
        <location filename="../../gui/library/details.py"/>
        <source>{size} to download</source>
        <translation>需下载 {size}</translation>
    </message>
    <message>
        <location filename="../../gui/extras_panel.py"/>
        <source>{skip} (usual)</source>
        <translation>{skip}（默认）</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cells_model.py"/>
        <source>{step} of {of}</source>
        <translation>{step}/{of}</translation>
    </message>
    <message>
        <location filename="../../gui/timeline.py"/>
        <source>{step}, of the picture that this one branched from</source>
        <translation>{step}，属于分支前的图片</translation>
    </message>
    <message>
        <location filename="../../gui/timeline.py"/>
        <source>{step}, still to come</source>
        <translation>{step}，尚未到达</translation>
    </message>
    <message>
        <location filename="../../gui/jobs.py"/>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <location filename="../../gui/errand_dialog.py"/>
        <source>{title} – Etascope</source>
        <translation>{title} – Etascope</translation>
    </message>
    <message>
        <location filename="../../gui/queue_model.py"/>
        <source>{title}, {cost}: {state}</source>
        <translation>{title}，{cost}：{state}</translation>
    </message>
    <message>
        <location filename="../../gui/prompt_edit.py"/>
        <source>{tokens} of {limit}</source>
        <translation>{tokens}/{limit}</translation>
    </message>
    <message>
        <location filename="../../gui/gallery/action_bar.py"/>
        <source>{total} pictures</source>
        <translation>{total} 张图片</translation>
    </message>
    <message>
        <location filename="../../gui/widgets/menus.py"/>
        <source>{what} – Etascope</source>
        <translation>{what} – Etascope</translation>
    </message>
    <message>
        <location filename="../../gui/compare/axis_editor.py"/>
        <source>{where}: values</source>
        <translation>{where}的值</translation>
    </message>
    <message>
        <location filename="../../gui/picture_panel.py"/>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} 像素</translation>
    </message>
    <message>
        <location filename="../../gui/timeline.py"/>
        <source>{words}.</source>
        <translation>{words}。</translation>
    </message>
    <message>
        <location filename="../../gui/extras.py"/>
        <source>“{name}” is being read for the first time.</source>
        <translation>正在首次读取“{name}”。</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/errand_dialog.py"/>
        <source>… and %n more</source>
        <translation>
            <numerusform>……另有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>←  Left</source>
        <translation>←  左</translation>
    </message>
    <message>
        <location filename="../../gui/compare/judging.py"/>
        <source>↓  Equal</source>
        <translation>↓  平</translation>
    </message>
    <message>
        <location filename="../../gui/compare/cells_model.py"/>
        <source>✓ {step} of {of}</source>
        <translation>✓ {step}/{of}</translation>
    </message>
</context>
</TS>
