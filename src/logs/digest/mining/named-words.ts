import { isDigit } from '#src/logs/digest/lines/bytes.ts';

/** Names of protocols, formats and programs that have a digit in them and are no values. */
const names = `
  ssh1 ssh2 http1 http2 http3 h2 h2c spdy3 md2 md4 md5 md5sum sha1 sha2 sha3 sha224 sha256 sha384 sha512 sha-1 sha-2 sha-256 sha-512
  crc32 crc32c aes128 aes192 aes256 aes-128 aes-256 des3 3des rc4 blake2 blake3 chacha20 poly1305 ed25519 curve25519 x25519 x509
  x.509 pkcs1 pkcs7 pkcs8 pkcs11 pkcs12 tls1 tls1.0 tls1.1 tls1.2 tls1.3 tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 sslv2 sslv3 ssl3 ipv4
  ipv6 ip4 ip6 ip6tables icmp6 icmpv6 dhcp4 dhcp6 dhcpv4 dhcpv6 socks4 socks4a socks5 socks5h l2tp pop3 pop3s imap4 smb1 smb2 smb3
  nfs3 nfs4 nfsv3 nfsv4 oauth1 oauth2 utf8 utf16 utf32 utf-8 utf-16 utf-32 ucs2 ucs-2 latin1 iso8859 iso-8859-1 iso8601 base32
  base58 base64 gb2312 gb18030 big5 cp1252 bz2 bzip2 lz4 7z mp3 mp4 h264 h265 x264 x265 s3 s3a s3n ec2 k8s i18n l10n p2p b2b e2e v8
  x86 x64 x86_64 x86-64 amd64 arm64 i386 i486 i586 i686 win32 win64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32
  float64 ext2 ext3 ext4 fat16 fat32 raid0 raid1 raid5 raid6 raid10 usb1 usb2 usb3 ps/2 i2c db2 sqlite3 c3p0 log4j log4j2 slf4j
  log4net jdk8 es5 es6 python2 python3 perl5 lua5 boto3 urllib3 psycopg2 jinja2 http2.0 web3 x11 vt100 xterm-256color e820 cgroup2
  c++11 c++14 c++17 c++20
`
  .trim()
  .split(/\s+/);

const longest = 14;
// By their length and lower-cased bytes, so that asking makes no string.
export const nameHashes = new Int32Array(1 << 12);
// Most words are told to be none by how they begin and how long they are.
export const nameBegins = new Uint8Array(32 * (longest + 1));
const hashOf = (b: Uint8Array, start: number, end: number): number => {
  let h = end - start;
  for (let i = start; i < end; i++) h = Math.imul(h ^ ((b[i] as number) | 32), 0x5bd1e995) ^ (h >>> 13);
  return h;
};
for (const name of names) {
  const bytes = Buffer.from(name);
  const hash = hashOf(bytes, 0, bytes.length);
  let at = hash & (nameHashes.length - 1);
  while (nameHashes[at] !== 0) at = (at + 1) & (nameHashes.length - 1);
  nameHashes[at] = hash;
  nameBegins[bytes.length * 32 + ((bytes[0] as number) & 31)] = 1;
}

/** 'ssh2', 'IPv6', 'SHA-256': the digit belongs to the name. */
export const isNamedWord = (b: Uint8Array, start: number, end: number): boolean => {
  if (end - start > longest || nameBegins[(end - start) * 32 + ((b[start] as number) & 31)] === 0) return false;
  const hash = hashOf(b, start, end);
  for (let at = hash & (nameHashes.length - 1); nameHashes[at] !== 0; at = (at + 1) & (nameHashes.length - 1))
    if (nameHashes[at] === hash) return true;
  return false;
};

const ofDigits = new Set(names.map((name) => name.replace(/\d/g, '0')));
const digitFirst = new Set(names.filter((name) => /^\d/.test(name)).map((name) => name.length));

/** Would it be such a name with other digits? */
export const looksNamed = (b: Uint8Array, start: number, end: number): boolean => {
  const length = end - start;
  if (length > longest) return false;
  if (isDigit(b[start]) ? !digitFirst.has(length) : nameBegins[length * 32 + ((b[start] as number) & 31)] === 0) return false;
  let form = '';
  for (let i = start; i < end; i++) form += isDigit(b[i]) ? '0' : String.fromCharCode((b[i] as number) | 32);
  return ofDigits.has(form);
};
