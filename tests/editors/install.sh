#!/bin/sh
# install.sh FOLDER: what the end-to-end tests of the editors need beside Python: this system's Emacs with Eglot, and in FOLDER the
# Neovim and the Emacs of a newer Debian, run from there without chroot, so that the server they start is this system's.
# On Debian and its derivatives, as root. Elsewhere it says what is missing; the tests skip what is not there.
set -eu
folder=$1
suite=forky

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  command -v emacs >/dev/null || echo "There is no Emacs, and only root on Debian can have it installed; its tests will be skipped."
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
if ! command -v emacs >/dev/null || [ ! -d /usr/share/emacs/site-lisp/elpa-src ]; then
  apt-get update -qq
  apt-get install -y -qq emacs-nox elpa-eglot elpa-markdown-mode >/dev/null
fi

root=$folder/$suite
if [ ! -e "$root/.complete" ]; then
  command -v debootstrap >/dev/null || apt-get install -y -qq debootstrap >/dev/null
  mirror=$(awk '/^URIs:/{print $2; exit} /^deb /{for (i = 2; i <= NF; i++) if ($i ~ /^https?:/) {print $i; exit}}' \
    $(ls /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null))
  script=$suite
  [ -e "/usr/share/debootstrap/scripts/$suite" ] || script=sid # older ones do not know it by name
  rm -rf "$root"
  mkdir -p "$folder"
  if ! debootstrap --variant=minbase --include=neovim,emacs-nox,elpa-markdown-mode "$suite" "$root" "$mirror" "$script" >"$folder/log" 2>&1; then
    tail -n 5 "$folder/log"
    echo "The newer editors could not be installed; their tests are left out."
    exit 0
  fi
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  touch "$root/.complete"
fi

root=$(cd "$root" && pwd)
mkdir -p "$folder/bin"
loader="exec \"$root/lib64/ld-linux-x86-64.so.2\" --library-path \"$root/usr/lib/x86_64-linux-gnu\""
[ -e "$root/lib64/ld-linux-x86-64.so.2" ] || { echo "The newer editors run on x86-64 alone; their tests are left out."; exit 0; }
cat >"$folder/bin/nvim" <<END
#!/bin/sh
export VIMRUNTIME="$root/usr/share/nvim/runtime"
$loader "$root/usr/bin/nvim" --cmd "set runtimepath+=$root/usr/lib/nvim" "\$@"
END
version=$(basename "$(find "$root/usr/share/emacs" -maxdepth 1 -name '[0-9]*' | sort | tail -n 1)")
dump=$(find "$root/usr/libexec/emacs/$version" -name 'emacs*.pdmp')
lisp=$(find "$root/usr/share/emacs/$version/lisp" -type d ! -name term ! -path '*/leim/ja-dic' | sort | tr '\n' ':')
mode=$(find "$root/usr/share/emacs/site-lisp/elpa-src" -maxdepth 1 -name 'markdown-mode-*')
cat >"$folder/bin/emacs" <<END
#!/bin/sh
export EMACSLOADPATH="$lisp" EMACSDATA="$root/usr/share/emacs/$version/etc" EMACSDOC="$root/usr/share/emacs/$version/etc"
export EMACSPATH="$(dirname "$dump")"
$loader "$root/usr/bin/emacs-nox" --dump-file="$dump" --no-site-file -L "$mode" "\$@"
END
chmod +x "$folder/bin/nvim" "$folder/bin/emacs"
