// As terminals read them: "set colour", "set title"; the second ends with a bell or ESC backslash.
const sequences = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]{0,1000}(?:\u0007|\u001b\\)/g;
const signs = /(?![\t\n\r])\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Without what steers a terminal or turns round what is read: escape sequences, control characters but tabs and line ends, marks of direction. */
export const withoutSteering = (text: string): string => text.replaceAll(sequences, '').replaceAll(signs, '');
