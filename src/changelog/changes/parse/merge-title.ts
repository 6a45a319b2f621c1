/** A merge as its message tells of it. `title` is the merged request's own, when the message holds it. */
export type Merge = {
  /** As written where it came from: '#12', or '!12' of GitLab and Azure. */
  request: string | null;
  branch: string | null;
  title: string | null;
  description: string;
  /** It came from the private fork of a security advisory. */
  advisory: boolean;
};

const pull = /^Merge(?:d)? pull request (?:#(\d+)) (?:from|in) ?(\S+)?/i;
const bitbucket = /^Merged in (\S+) \(pull request #(\d+)\)/i;
const azure = /^Merged PR (\d+): (.+)$/i;
const branch = /^Merge (?:remote-tracking )?(?:branch(?:es)?|tag|commit) ['‘"]?([^'’"]+?)['’"]?(?:\s+(?:of|into|from|and|,).*)?$/i;
const advisory = /^Merge (?:commit from fork|pull request from GHSA(?:-\w{4}){3})\b/i;
const seeRequest = /^See merge request (?:[\w./-]*)!(\d+)\s*$/m;
const trunk =
  /^(?:(?:upstream|origin|[\w-]+)\/)?(?:master|main|develop|development|dev|trunk|next|v?\d+(?:\.\w+)*|(?:release|stable)[/-].*)$/i;

/** Null where the title is no merge's. Knows git, GitHub, GitLab, Bitbucket and Azure. */
export const parseMerge = (title: string, body: string): Merge | null => {
  // GitHub hides what a security advisory mends until it is out: the title never says.
  if (advisory.test(title)) return { request: null, branch: null, ...splitBody(body.trim().replace(/^[*-] /, '')), advisory: true };
  const asPull = pull.exec(title);
  if (asPull) return { request: toRequest('#', asPull[1]), branch: branchName(asPull[2]), ...splitBody(body), advisory: false };
  const asBitbucket = bitbucket.exec(title);
  if (asBitbucket)
    return { request: toRequest('#', asBitbucket[2]), branch: branchName(asBitbucket[1]), ...splitBody(body), advisory: false };
  const asAzure = azure.exec(title);
  if (asAzure) return { request: toRequest('!', asAzure[1]), branch: null, title: asAzure[2] ?? null, description: body, advisory: false };
  const asBranch = branch.exec(title);
  if (!asBranch) return null;
  const request = seeRequest.exec(body);
  const name = asBranch[1] ?? '';
  // Catching up with the trunk brings nothing of its own; what a request brings, its body says.
  if (request) return { request: toRequest('!', request[1]), branch: name, ...splitBody(body.replace(seeRequest, '')), advisory: false };
  return { request: null, branch: trunk.test(name) ? null : name, title: null, description: body, advisory: false };
};

const toRequest = (sign: '#' | '!', number: string | undefined): string | null => (number === undefined ? null : `${sign}${number}`);

const branchName = (from: string | undefined): string | null => (from === undefined ? null : from.replace(/^[^/]+\//, ''));

const splitBody = (body: string): { title: string | null; description: string } => {
  const [first = '', ...rest] = body.trim().split('\n');
  return { title: first.trim() === '' ? null : first.trim(), description: rest.join('\n').trim() };
};
