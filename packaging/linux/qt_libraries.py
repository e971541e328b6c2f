"""The libraries that Qt needs from a Linux system: find what is missing, install or name it.

Imported by launch.py, so: the standard library only, and syntax for old Pythons.
"""

import ctypes
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Callable, Dict, List

# Each library, and its package on Debian, Fedora and Arch.
LIBRARIES = """
libEGL.so.1              libegl1              libglvnd-egl         libglvnd
libGL.so.1               libgl1               libglvnd-glx         libglvnd
libGLX.so.0              libglx0              libglvnd-glx         libglvnd
libOpenGL.so.0           libopengl0           libglvnd-opengl      libglvnd
libdbus-1.so.3           libdbus-1-3          dbus-libs            dbus
libfontconfig.so.1       libfontconfig1       fontconfig           fontconfig
libfreetype.so.6         libfreetype6         freetype             freetype2
libglib-2.0.so.0         libglib2.0-0         glib2                glib2
libgthread-2.0.so.0      libglib2.0-0         glib2                glib2
libICE.so.6              libice6              libICE               libice
libSM.so.6               libsm6               libSM                libsm
libX11.so.6              libx11-6             libX11               libx11
libX11-xcb.so.1          libx11-xcb1          libX11-xcb           libx11
libwayland-client.so.0   libwayland-client0   libwayland-client    wayland
libwayland-cursor.so.0   libwayland-cursor0   libwayland-cursor    wayland
libwayland-egl.so.1      libwayland-egl1      libwayland-egl       wayland
libxcb.so.1              libxcb1              libxcb               libxcb
libxcb-cursor.so.0       libxcb-cursor0       xcb-util-cursor      xcb-util-cursor
libxcb-glx.so.0          libxcb-glx0          libxcb               libxcb
libxcb-icccm.so.4        libxcb-icccm4        xcb-util-wm          xcb-util-wm
libxcb-image.so.0        libxcb-image0        xcb-util-image       xcb-util-image
libxcb-keysyms.so.1      libxcb-keysyms1      xcb-util-keysyms     xcb-util-keysyms
libxcb-randr.so.0        libxcb-randr0        libxcb               libxcb
libxcb-render.so.0       libxcb-render0       libxcb               libxcb
libxcb-render-util.so.0  libxcb-render-util0  xcb-util-renderutil  xcb-util-renderutil
libxcb-shape.so.0        libxcb-shape0        libxcb               libxcb
libxcb-shm.so.0          libxcb-shm0          libxcb               libxcb
libxcb-sync.so.1         libxcb-sync1         libxcb               libxcb
libxcb-util.so.1         libxcb-util1         xcb-util             xcb-util
libxcb-xfixes.so.0       libxcb-xfixes0       libxcb               libxcb
libxcb-xinerama.so.0     libxcb-xinerama0     libxcb               libxcb
libxcb-xkb.so.1          libxcb-xkb1          libxcb               libxcb
libxkbcommon.so.0        libxkbcommon0        libxkbcommon         libxkbcommon
libxkbcommon-x11.so.0    libxkbcommon-x11-0   libxkbcommon-x11     libxkbcommon-x11
"""
DEBIAN = 1
INSTALLERS = (  # the tool, how to call it, its column above
    ("apt-get", "sudo apt install", DEBIAN),
    ("dnf", "sudo dnf install", 2),
    ("pacman", "sudo pacman -S", 3),
)
PLUGINS = "lib/python3*/site-packages/PySide6/Qt/plugins/platforms"

Say = Callable[[str], None]


def prepare_window(venv: Path, environment: Dict[str, str], say: Say) -> str:
    """See to the libraries of the display that Qt will use; return what the user must do."""
    plugins = plugins_for(environment)
    missing = [missing_libraries(venv, plugin) for plugin in plugins]
    if not missing or not all(missing):  # one way to the screen is enough
        return ""
    if install(packages_for(missing[-1], DEBIAN), say) and not missing_libraries(venv, plugins[-1]):
        return ""
    return advice_on(missing[-1])


def prepare_tests(venv: Path, say: Say) -> List[str]:
    """See to what tests on a real display need; return notes on what they go without."""
    tools = [tool for tool in ("Xvfb", "xdotool") if not shutil.which(tool)]
    libraries = missing_libraries(venv, "xcb")
    wanted = [tool.lower() for tool in tools] + packages_for(libraries, DEBIAN)
    if install(wanted, say):
        return []
    notes = [advice_on(libraries)] if libraries else []
    if tools:
        notes.append(f"Without {' and '.join(tools)} the tests on a real display are skipped.")
    return notes


def plugins_for(environment: Dict[str, str]) -> List[str]:
    """Return the platform plug-ins that Qt will try; none where no real display is meant."""
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if chosen:
        names = [name.split(":")[0] for name in chosen.split(";")]
        return names if set(names) <= {"wayland", "xcb"} else []
    displays = (("WAYLAND_DISPLAY", "wayland"), ("DISPLAY", "xcb"))
    return [plugin for variable, plugin in displays if environment.get(variable)]


def missing_libraries(venv: Path, plugin: str) -> List[str]:
    """Return the shared libraries that a platform plug-in needs and the system lacks."""
    found = list(venv.glob(f"{PLUGINS}/libq{plugin}.so"))
    return missing_in(loader_report(str(found[0]))) if found else []


def loader_report(library: str) -> str:
    """Return what the system's loader says of a library."""
    try:  # names everything that is missing
        return subprocess.check_output(
            ["ldd", library],  # noqa: S607 - wherever the system has it
            stderr=subprocess.STDOUT,
            universal_newlines=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pass
    try:  # names one
        ctypes.CDLL(library)
    except OSError as error:
        return str(error)
    return ""


def missing_in(report: str) -> List[str]:
    """Return the libraries that a report of the loader calls missing."""
    return sorted(set(re.findall(r"(lib\S+\.so[.\d]*)(?: => not found|: cannot open)", report)))


def packages_for(libraries: List[str], column: int) -> List[str]:
    """Return the packages that hold these libraries, as one family of Linux calls them."""
    table = {row.split()[0]: row.split() for row in LIBRARIES.strip().splitlines()}
    return sorted({table[name][column] for name in libraries if name in table})


def advice_on(libraries: List[str]) -> str:
    """Say which libraries are missing, and the line that installs them."""
    sentence = f"Qt cannot open a window without {', '.join(libraries)}: install"
    for tool, call, column in INSTALLERS:
        packages = packages_for(libraries, column)
        if packages and shutil.which(tool):
            return f"{sentence} them with: {call} {' '.join(packages)}"
    return f"{sentence} the packages that hold them."


def install(packages: List[str], say: Say) -> bool:
    """Install Debian packages if this is Debian's root; tell whether they are there now."""
    if not packages:
        return True
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"Installing system packages: {' '.join(packages)}.")
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    line = [*apt, "install", "-y", "--no-install-recommends", *packages]
    return succeeds(line) or (succeeds([*apt, "update"]) and succeeds(line))


def succeeds(command: List[str]) -> bool:
    """Run a command in silence; tell whether it worked."""
    silent = subprocess.DEVNULL
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    return not subprocess.call(command, env=environment, stdin=silent, stdout=silent, stderr=silent)
