// Programs that are called by small letters, also at the start of a sentence.
const small = new Set(
  'npm npx pnpm nvm pip pipx curl wget grep sed awk jq yq kubectl systemd systemctl journalctl sudo ssh scp rsync tmux bash zsh nginx psql etcd tsc gcc clang glibc musl ffmpeg apt iptables lsof mypy pytest numpy pandas rustc rustup rustfmt gofmt esbuild webpack eslint git'.split(
    ' ',
  ),
);

/** The sentence begins with a capital; code and names keep their case: `fooBar`, gRPC, foo(), @scope/name, --flag, npm, a place ("http: …"). */
export const capitalise = (text: string): string => {
  const [first = ''] = text.split(' ', 1);
  const isWord = /^\p{Ll}+(?:[-'’]\p{Ll}+)*[,;]?$/u.test(first) && !small.has(first);
  return isWord ? `${first.charAt(0).toUpperCase()}${text.slice(1)}` : text;
};
