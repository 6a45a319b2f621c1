/**
 * Signs that turn round what is read after them (`U+202E` makes "gpj.exe" of "exe.jpg") are shown as '�': text of others decides what is drawn,
 * never in which order. Arabic and Hebrew need none of them.
 */
export const showDirections = (text: string): string => text.replace(directions, '�');

const directions = /[\u202a-\u202e\u2066-\u2069]/g;
