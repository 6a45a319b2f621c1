const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** A size for a sentence, in steps of 1,024: '10 MB', '6.1 MB', '812 bytes'. */
export const formatBytes = (bytes: number): string => {
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const size = bytes / 1024 ** power;
  return `${power === 0 ? bytes.toLocaleString('en-US') : Number(size.toFixed(1))} ${units[power]}`;
};
