import type { Detector, DetectorGroup } from './detectors.ts';
import { longRuns } from './long-runs.ts';

const key = (kind: string, source: string, hint?: RegExp): Detector => ({
  kind,
  secret: true,
  pattern: new RegExp(`(?<![A-Za-z0-9])${source}`, 'gd'),
  ...(hint ? { hint } : {}),
});

/** Keys that name their provider by their first letters. Lengths are lower bounds: providers make keys longer, never shorter. */
const detectors: readonly Detector[] = [
  key('aws key', '(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|A3T[A-Z0-9])[A-Z0-9]{16}(?![A-Za-z0-9])'),
  {
    kind: 'aws secret',
    secret: true,
    hint: /aws|secret_?access_?key/i,
    pattern: /(?:aws|secret_?access_?key)[^\r\n]{0,24}?["'\s:=]([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/dgi,
    accepts: (value) => /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value),
  },
  {
    kind: 'aws secret',
    secret: true,
    hint: /A[KS]IA/,
    // Beside its key id, whatever it is called there.
    pattern: /(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])[^\r\n]{0,80}?(?<![A-Za-z0-9/+])([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/dg,
    accepts: (value) => /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value),
  },
  key('gcp key', 'AIza[0-9A-Za-z_-]{35}'),
  key('gcp token', 'ya29\\.[0-9A-Za-z_-]{20,2048}'),
  key('gcp secret', 'GOCSPX-[0-9A-Za-z_-]{20,64}'),
  key('azure key', '[A-Za-z0-9_~.-]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}'),
  key('anthropic key', 'sk-ant-[A-Za-z0-9_-]{16,256}'),
  key('openai key', 'sk-(?:proj-|svcacct-|admin-|None-|or-v1-)?[A-Za-z0-9_-]{20,256}'),
  key('stripe key', '(?:sk|rk|pk)_(?:live|test)_[0-9A-Za-z]{10,256}'),
  key('webhook secret', 'whsec_[A-Za-z0-9+/=]{16,256}'),
  key('sendgrid key', 'SG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{16,128}'),
  key('twilio key', '(?:SK|AC)[0-9a-f]{32}(?![0-9A-Za-z])'),
  key('mailgun key', 'key-[0-9a-f]{32}(?![0-9A-Za-z])'),
  key('npm token', 'npm_[A-Za-z0-9]{36}'),
  key('pypi token', 'pypi-[A-Za-z0-9_-]{16,512}'),
  key('github token', 'gh[pousr]_[A-Za-z0-9]{36,255}'),
  key('github token', 'github_pat_[A-Za-z0-9_]{22,255}'),
  key('gitlab token', 'gl(?:pat|ptt|dt|rt|cbt|ft|soat|imt|agent|oas|ffct)-[A-Za-z0-9_.-]{20,300}'),
  key('slack token', '(?:xox[abcdeoprs]-|xoxe\\.xox[bp]-|xapp-)[A-Za-z0-9-]{10,512}'),
  key('slack webhook', 'https://hooks\\.slack(?:-gov)?\\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,256}'),
  key('discord webhook', 'https://(?:\\w{1,16}\\.)?discord(?:app)?\\.com/api/webhooks/\\d{5,32}/[A-Za-z0-9_-]{20,128}'),
  key('telegram token', '\\d{8,10}:AA[A-Za-z0-9_-]{33}'),
  key('digitalocean token', 'do[opr]_v1_[a-f0-9]{64}'),
  key('hugging face token', 'hf_[A-Za-z0-9]{30,64}'),
  key('databricks token', 'dapi[a-f0-9]{32}'),
  key('shopify token', 'shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}'),
  key('vault token', 'hv[sbr]\\.[A-Za-z0-9_-]{20,512}'),
  key('atlassian token', 'ATATT3[A-Za-z0-9_=-]{50,512}'),
  key('linear key', 'lin_api_[A-Za-z0-9]{32,64}'),
  key('new relic key', 'NRAK-[A-Z0-9]{27}'),
  key('grafana token', 'gl(?:sa|c)_[A-Za-z0-9_=+/]{30,512}'),
  key('xai key', 'xai-[A-Za-z0-9]{40,128}'),
  key('perplexity key', 'pplx-[A-Za-z0-9]{40,128}'),
  key('replicate token', 'r8_[A-Za-z0-9]{30,64}'),
  key('notion token', 'ntn_[A-Za-z0-9]{40,64}'),
  key('docker token', 'dckr_[po]at_[A-Za-z0-9_-]{20,64}'),
  key('postman key', 'PMAK-[a-f0-9]{24}-[a-f0-9]{34}'),
  key('rubygems key', 'rubygems_[a-f0-9]{48}'),
  key('sentry token', 'sntry[su]_[A-Za-z0-9_=+/-]{30,512}'),
  key('pulumi token', 'pul-[a-f0-9]{40}'),
  key('figma token', 'figd_[A-Za-z0-9_-]{30,64}'),
  key('supabase key', 'sb(?:p|_secret)_[A-Za-z0-9_-]{20,64}'),
  key('brevo key', 'xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}'),
  key('doppler token', 'dp\\.(?:pt|st|ct|sa)\\.[A-Za-z0-9._-]{20,128}'),
  key('planetscale token', 'pscale_(?:tkn|oauth|pw)_[A-Za-z0-9_.=-]{20,128}'),
  key('heroku key', 'HRKU-[A-Za-z0-9_-]{30,128}'),
  key('square token', 'sq0(?:atp|csp)-[A-Za-z0-9_-]{22,64}'),
  key('groq key', 'gsk_[A-Za-z0-9]{40,128}'),
  key('age key', 'AGE-SECRET-KEY-1[0-9A-Z]{58}'),
  {
    kind: 'jwt',
    secret: true,
    hint: /ey[JI]/,
    pattern: /(?<![A-Za-z0-9_-])ey[JI][A-Za-z0-9_-]{8,8192}\.[A-Za-z0-9_-]{8,16384}(?:\.[A-Za-z0-9_-]{0,8192}){1,3}/dg,
  },
];

// By their first letters; the secret of AWS by what it is called.
const firstLetters =
  /\dQ~|(?<![A-Za-z0-9])(?:A(?:[KSB]IA|CCA|[GI][PD]A|IPA|ROA|N[PV]A|3T[A-Z0-9]|IDA|Iza|TATT3|GE-S|C[0-9a-f]{32})|ya29\.|GOCSPX|sk-|[srp]k_|whsec_|S(?:G\.|K[0-9a-f]{32})|key-[0-9a-f]{32}|npm_|pypi-|gh[pousr]_|github_pat_|gl[a-z]{1,5}[-_]|xox|xapp-|https:\/\/(?:hooks|[^\s/]{0,17}discord)|\d{8,10}:AA|do[opr]_v1_|hf_|dapi|shp|hv[sbr]\.|lin_api_|NRAK-|gsk_|xai-|pplx-|r8_|ntn_|dckr_|PMAK-|rubygems_|sntry[su]_|pul-|figd_|sb(?:p|_secret)_|xkeysib-|dp\.[psc]|pscale_|HRKU-|sq0)|(?<![A-Za-z0-9_-])ey[JI]/;
const namesAws = /aws|secret_?access_?key/i;

// All the others have so many letters and digits in a row.
const unusual = /\dQ~|gl[a-z]{1,5}[-_]|whsec_|ey[JI]/;
const SHORTEST_RUN = 15;

export const providerKeys: DetectorGroup = {
  hasSign: (text) => unusual.test(text) || (longRuns(text, SHORTEST_RUN).length > 0 && (firstLetters.test(text) || namesAws.test(text))),
  detectors,
};
