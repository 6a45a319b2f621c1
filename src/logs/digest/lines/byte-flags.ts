// Properties of bytes. A byte with none separates words.
export const hexLetter = 1,
  otherLetter = 2,
  digit = 4,
  dot = 8,
  slash = 16,
  dash = 32,
  at = 64,
  sign = 128,
  colon = 256,
  comma = 512;
export const letter = hexLetter | otherLetter;
export const flagsOf = new Uint16Array(256);
for (let c = 0; c < 256; c++) {
  const text = String.fromCharCode(c);
  if (/[0-9]/.test(text)) flagsOf[c] = digit;
  else if (/[a-fA-F]/.test(text)) flagsOf[c] = hexLetter;
  else if (/[g-zG-Z_]/.test(text) || c >= 128) flagsOf[c] = otherLetter;
  else if (text === '.') flagsOf[c] = dot;
  else if (text === '/' || text === '\\') flagsOf[c] = slash;
  else if (text === '-') flagsOf[c] = dash;
  else if (text === '@') flagsOf[c] = at;
  else if (/[+%$#*~&!?]/.test(text)) flagsOf[c] = sign;
}
