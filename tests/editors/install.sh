#!/bin/sh
# install.sh FOLDER: what the end-to-end tests of the editors need beside Python: this system's Emacs with Eglot and lsp-mode, and in
# FOLDER Neovim, Emacs and Helix of a newer Debian and the Neovim before 0.11, run from there without chroot, so that the server they
# start is this system's.
# On Debian and its derivatives, as root. Elsewhere it says what is missing; the tests skip what is not there.
set -eu
folder=$1
suite=forky

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  command -v emacs >/dev/null || echo "There is no Emacs, and only root on Debian can have it installed; its tests will be skipped."
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
packages="emacs-nox elpa-eglot elpa-lsp-mode elpa-markdown-mode debootstrap tmux"
# shellcheck disable=SC2086 # words
if ! dpkg -s $packages >/dev/null 2>&1; then
  apt-get update -qq
  apt-get install -y -qq $packages >/dev/null
fi

[ "$(uname -m)" = x86_64 ] || { echo "The editors of other Debians run on x86-64 alone; their tests are left out."; exit 0; }
mkdir -p "$folder/bin"
folder=$(cd "$folder" && pwd)
mirror=$(awk '/^URIs:/{print $2; exit} /^deb /{for (i = 2; i <= NF; i++) if ($i ~ /^https?:/) {print $i; exit}}' \
  $(ls /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null))

# debootstrap mounts /proc and more in what it makes, and leaves that there where it is cut short. In a mount namespace of its own that
# goes with it; where there can be none, it is taken away before anything is removed.
apart=
if unshare --mount true 2>/dev/null; then
  apart="unshare --mount"
fi

# remove ROOT: what was unpacked there, but nothing of this system that is mounted in it.
remove() {
  awk -v below="$1/" 'index($2, below) == 1 {print $2}' /proc/mounts | sort -r | while read -r place; do
    umount "$place"
  done
  rm -rf --one-file-system "$1"
}

# install SUITE PACKAGES: unpacks them with all they need; fails where that cannot be done.
install() {
  root=$folder/$1
  [ ! -e "$root/.complete" ] || return 0
  script=$1
  [ -e "/usr/share/debootstrap/scripts/$1" ] || script=sid # older ones do not know it by name
  remove "$root"
  # shellcheck disable=SC2086 # words
  if ! $apart debootstrap --variant=minbase --include="$2" "$1" "$root" "$mirror" "$script" >"$folder/log" 2>&1; then
    tail -n 5 "$folder/log"
    echo "The editors of Debian $1 could not be installed; their tests are left out."
    return 1
  fi
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  touch "$root/.complete"
}

# wrap NAME ENVIRONMENT PROGRAM OPTIONS: a command that runs a program of the last installed by its own loader.
wrap() {
  printf '#!/bin/sh\n%s\nexec "%s" --library-path "%s" "%s" %s "$@"\n' \
    "$2" "$root/lib64/ld-linux-x86-64.so.2" "$root/usr/lib/x86_64-linux-gnu" "$root/usr/bin/$3" "$4" >"$folder/bin/$1"
  chmod +x "$folder/bin/$1"
}

neovim() {
  wrap "$1" "export VIMRUNTIME='$root/usr/share/nvim/runtime'" nvim "--cmd 'set runtimepath+=$root/usr/lib/nvim'"
}

if install trixie neovim,ca-certificates; then
  neovim nvim-0.10
fi
if install forky neovim,emacs-nox,elpa-markdown-mode,hx,ca-certificates; then
  neovim nvim
  version=$(basename "$(find "$root/usr/share/emacs" -maxdepth 1 -name '[0-9]*' | sort | tail -n 1)")
  dump=$(find "$root/usr/libexec/emacs/$version" -name 'emacs*.pdmp')
  lisp=$(find "$root/usr/share/emacs/$version/lisp" -type d ! -name term ! -path '*/leim/ja-dic' | sort | tr '\n' ':')
  mode=$(find "$root/usr/share/emacs/site-lisp/elpa-src" -maxdepth 1 -name 'markdown-mode-*')
  etc=$root/usr/share/emacs/$version/etc
  wrap emacs "export EMACSLOADPATH='$lisp' EMACSDATA='$etc' EMACSDOC='$etc' EMACSPATH='$(dirname "$dump")'" emacs-nox \
    "--dump-file='$dump' --no-site-file -L '$mode'"
  wrap hx "export HELIX_RUNTIME='$root/usr/lib/hx/runtime'" ../lib/hx/hx ""
fi
