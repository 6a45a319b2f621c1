import { stem } from './stem.ts';

/**
 * Words that people use for one another at work, each set under one name: what lets a handful of examples reach further.
 * General English of support, engineering, staff matters, buying and money; stems as `stem` makes them are matched too.
 */
const sets: Record<string, string> = {
  fail: 'fail failure error broken break crash exception fault bug defect malfunction abort panic die down outage problem trouble issue',
  stop: 'stop stuck hang freeze frozen unresponsive block blocked deadlock halt',
  slow: 'slow slowly lag laggy latency delay delayed late sluggish performance timeout',
  lose: 'lose lost lose missing misplaced disappear vanish gone left forgot misplace',
  steal: 'steal stolen theft stole thief rob robbed mugged snatched pickpocket',
  wrong: 'wrong incorrect mistake erroneous inaccurate mismatch unexpected incorrectly wrongly',
  deny: 'deny denied decline declined reject rejected refuse refused forbidden unauthorized disallow',
  return: 'refund reimburse reimbursement moneyback chargeback return repay reversal revert reverse',
  cost: 'cost price fee charge charged pay expense bill rate surcharge commission',
  cash: 'cash money fund funds currency note notes bill',
  machine: 'atm cashpoint dispenser machine kiosk',
  withdraw: 'withdraw withdrawal withdrew withdrawn takeout',
  send: 'send sent transfer transferred wire deliver delivery delivered ship shipping post mail dispatch mailed',
  receive: 'receive received arrive arrived arrival get got come came land reach show appear',
  buy: 'buy bought purchase purchased order ordered acquire procure procurement po quote invoice supplier vendor',
  pay: 'pay paid payment transaction purchase',
  identity: 'identity identification id passport verify verification proof document prove kyc',
  account: 'account profile user login logon username signin credential credentials',
  password: 'password passcode pin pincode passphrase code',
  access: 'access permission rights grant authorise authorize authorization privilege admin administrator role entitlement',
  unlock: 'unlock unblock reset reactivate reenable restore recover',
  close: 'close delete remove terminate cancel deactivate disable shut uninstall drop',
  open: 'open create setup new start begin register make activate enable activation',
  change: 'change edit update modify alter amend switch replace swap',
  upgrade: 'upgrade update bump migrate migration version backport port release',
  wait: 'wait waiting pending process processing hold queue still yet progress',
  time: 'long time when day days week weeks hour hours soon take month',
  country: 'country countries abroad overseas europe eu usa uk nation international foreign travel region',
  device: 'laptop computer pc desktop workstation notebook macbook machine device hardware',
  phone: 'phone mobile smartphone iphone android telephone sim cell app',
  screen: 'monitor screen display tv projector',
  peripheral: 'mouse keyboard headset headphones camera webcam dock docking adapter cable charger printer scanner',
  network: 'network wifi wireless vpn internet lan ethernet dns proxy firewall connection connectivity',
  storage: 'disk storage drive space quota backup folder share mailbox archive size full capacity',
  mail: 'mail email inbox outlook mailbox message',
  leave: 'leave vacation holiday absence sick maternity paternity timeoff pto annual',
  staff: 'employee staff colleague starter leaver joiner onboarding offboarding hire resign candidate contractor intern manager',
  salary: 'salary payroll payslip wage bonus compensation payment benefit',
  training: 'training course learning certification onboarding workshop',
  install: 'install installation installed setup deploy deployment upgrade software license licence application',
  crash: 'crash segfault segmentation abort sigsegv panic oom',
  wish: 'feature request add support allow enhancement proposal suggestion improve improvement wish nice ability option implement',
  ask: 'how what why question wonder possible clarify understand help explain know tell',
  twice: 'twice double duplicate duplicated repeated again two',
  limit: 'limit maximum minimum max min restriction cap allowed',
  security: 'security vulnerability cve breach leak exploit phishing malware virus attack fraud fraudulent compromised hacked suspicious',
  document: 'document documentation docs readme manual guide tutorial typo',
  test: 'test tests testing ci build pipeline flaky compile compilation',
  contact: 'contact reach support agent call phone chat speak',
  exchange: 'exchange convert conversion fx forex',
  see: 'see view show find look display visible list check track statement history',
  request: 'request need want require please',
  person: 'friend family child kid daughter son wife husband spouse someone people person recipient',
};

const names = new Map<string, string[]>();
for (const [name, words] of Object.entries(sets))
  for (const word of new Set(words.split(' ').flatMap((one) => [one, stem(one)]))) names.set(word, [...(names.get(word) ?? []), name]);

const none: string[] = [];

/** The names of the sets a stem belongs to. */
export const meaningsOf = (stemmed: string): string[] => names.get(stemmed) ?? none;
