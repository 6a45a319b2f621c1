/**
 * A question in German, French or Spanish with the words questions are made of said in English, so that one reader of questions serves all; names,
 * ids and what stands between quotation marks stay as they are. A question in any other language stays as it is.
 */
export const toEnglish = (question: string): string => {
  const language = languageOf(question);
  if (!language) return question;
  return question
    .split(quoted)
    .map((part, at) => (at % 2 === 1 ? part : sayInEnglish(part.replace(elision, '$1e '), language)))
    .join('')
    .replace(/[¿¡]/g, ' ')
    .replace(/[„«] ?([^“”»]*?) ?[“”»]/g, '“$1”')
    .replace(/ {2,}/g, ' ')
    .replace(/ (?=[?.!,;:])/g, '')
    .trim();
};

/** 'd’utilisateurs' is 'de utilisateurs'. */
const elision = /(?<!\p{L})([dl])['’](?=\p{L})/giu;

/** In one go, so that what was said in English is not taken for a foreign word again. */
const sayInEnglish = (text: string, { words }: Language): string => {
  const all = word(words.map(([foreign]) => `(${foreign})`).join('|'));
  return text.replace(all, (...found) => ` ${words[found.slice(1, words.length + 1).findIndex((part) => part !== undefined)]?.[1] ?? ''} `);
};

/** Marks: words by which the language is known. Words: without groups of their own. */
type Language = { marks: RegExp; words: readonly (readonly [foreign: string, english: string])[] };

const quoted = /("[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|`[^`]*`)/;

const languageOf = (question: string): Language | null => {
  const text = question.replace(new RegExp(quoted, 'g'), ' ');
  const heard = (marks: RegExp): number => text.match(marks)?.length ?? 0;
  const [best] = languages.map((language) => ({ language, count: heard(language.marks) })).sort((a, b) => b.count - a.count);
  return best && best.count > heard(english) ? best.language : null;
};

const word = (alternatives: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}_./-])(?:${alternatives})(?![\\p{L}\\p{N}_/-])`, 'giu');

const english = word(
  'which|what|who|whom|when|where|why|how|the|is|are|was it|were|did|does|do|has|have|had|there|of|to|on|first|last|before|after|many|much|any|out|been|and',
);

/** What things in logs are called, and how they fare, in the order they are tried: longer sayings stand before the words they are made of. */
const german: Language = {
  marks: word(
    'welche[rsnm]?|wer|wen|wem|wann|warum|wieso|weshalb|woran|wodurch|wie|wo|woher|was|gab|gibt|es|ist|sind|war|waren|wurde[n]?|hat|haben|der|die|das|den|dem|ein|eine[nmrs]?|von|im|in|und|seit|schon|noch|vor|nach|mit|viele|oft|lange|sich|nicht|auch|soll|kann|ich|wir|bei|geschah|passiert|passierte',
  ),
  words: [
    ['wie viele|wieviele?|wie viel', 'how many'],
    ['wie oft', 'how often'],
    ['wie lange', 'how long'],
    ['seit wann', 'since when'],
    ['warum|wieso|weshalb|woran (?:lag|liegt) (?:es|das)|wodurch', 'why'],
    ['wann', 'when'],
    ['von wo|woher', 'from where'],
    ['welche[rsnm]?', 'which'],
    ['wer|wen|wem', 'who'],
    ['was (?:soll|sollen|kann|können|muss|müssen) (?:ich|wir|man)(?: jetzt| nun)?(?: tun| machen)?', 'what should I do'],
    ['(?:direkt|unmittelbar|kurz|gerade) (?:vor|bevor)', 'right before'],
    ['vor (?=(?:de[mnr] )?(?:ersten|letzten|Fehler|Absturz|Ausfall))', 'before'],
    ['war (?:das|es|der|die|dies)(?=.*(?:gestern|vorher|früher|schon|immer))', 'was it'],
    ['schon|bereits', 'already'],
    ['gestern', 'yesterday'],
    ['vorher|früher|zuvor', 'before'],
    ['sonst|normalerweise|üblich', 'usual'],
    ['immer noch|noch immer|noch', 'still'],
    ['vorbei|behoben|erledigt', 'over'],
    ['gerade|jetzt|derzeit|aktuell|momentan|zur ?zeit', 'now'],
    ['was', 'what'],
    ['wo', 'where'],
    ['geschah|geschehen|passiert|passierte|(?:ist )?los', 'happened'],
    ['begann(?:en)?|beginnt|beginnen|begonnen|fing(?:en)? an|startete[n]?|anfing(?:en)?|angefangen', 'began'],
    ['endete[n]?|aufgehört|hörte[n]? auf', 'ended'],
    ['angemeldet|eingeloggt|einloggte[n]?|anmeldete[n]?|Anmeldung(?:en)?|Logins?', 'logged in'],
    ['fehlgeschlagene[nrs]?|fehlschlug(?:en)?|fehlgeschlagen|gescheitert|schlug(?:en)? fehl|schlägt|schlagen|fehl', 'failed'],
    ['abgestürzt|Absturz|Abstürze', 'crash'],
    ['neu ?gestartet|neustartete|Neustarts?', 'restarted'],
    ['betroffene?[nr]?|getroffen', 'affected'],
    ['ausgefallen|nicht erreichbar|offline|tot', 'down'],
    ['verschiedene[nrsm]?|unterschiedliche[nrsm]?', 'different'],
    ['erste[nrsm]?', 'first'],
    ['letzte[nrsm]?', 'last'],
    ['Fehlern?|Fehlermeldung(?:en)?', 'errors'],
    ['Warnung(?:en)?', 'warnings'],
    ['Ausfall|Ausfälle|Störung(?:en)?', 'failure'],
    ['Zeitüberschreitung(?:en)?|Timeouts?', 'timeouts'],
    ['Partition(?:en)?', 'partitions'],
    ['Server[ns]?', 'server'],
    ['Rechnern?|Hosts?', 'hosts'],
    ['Kunden|Kunde|Kundinnen', 'customers'],
    ['Benutzer[ns]?|Nutzer[ns]?|Anwender[ns]?', 'users'],
    ['Adressen?', 'addresses'],
    ['Anfragen?|Abfragen?', 'requests'],
    ['Bestellung(?:en)?|Aufträge', 'orders'],
    ['Zahlung(?:en)?', 'payment'],
    ['Verbindung(?:en)?', 'connection'],
    ['Dienste?[ns]?', 'services'],
    ['Dateien|Datei', 'files'],
    ['Seiten?|Pfade?n?', 'paths'],
    ['Knoten', 'nodes'],
    ['langsamste[nrs]?|am langsamsten', 'slowest'],
    ['langsam(?:e[nrs]?)?', 'slow'],
    ['Datenbank(?:en)?', 'databases'],
    ['Mandant(?:en)?|Mieter', 'tenants'],
    ['Rechnung(?:en)?', 'invoices'],
    ['ausfiel(?:en)?', 'went down'],
    ['bevor', 'before'],
    [
      'ist|sind|war(?:en)?|wurden?|hat|haben|hatten?|gab|gibt|es|der|die|das|den|dem|des|eine?[nmrs]?|sich|von|im|in|mit|und|auch|so|bei|zu|zum|an|am|aus|vor|nach|wie|nicht|man|wir|ich|getan|tun|machen',
      '',
    ],
  ],
};

const french: Language = {
  marks: word(
    "est-ce|quel(?:le)?s?|qui|quand|pourquoi|combien|comment|où|que|qu['’]\\p{L}+|quoi|est|sont|était|étaient|ont|les?|la|des|du|de|une?|dans|avec|pour|sur|s['’]est|d['’]\\p{L}+|l['’]\\p{L}+|y|a-t-il|avant|après|depuis|déjà|encore|a|été|se|c['’]était|hier|faire|dois|ce|passé",
  ),
  words: [
    ["que (?:dois-je|devons-nous|faut-il|faire)(?: faire)?|qu['’]est-ce qu['’]?(?:on|il|je) (?:doit|faut|dois) faire", 'what should I do'],
    ["qu['’]est-ce qui s['’]est passé|que s['’]est[- ]il passé|que se passe-t-il", 'what happened'],
    ['combien(?: de)?', 'how many'],
    ['à quelle fréquence', 'how often'],
    ['depuis combien de temps|combien de temps', 'how long'],
    ['depuis quand', 'since when'],
    ['quand|à quelle heure', 'when'],
    ['pourquoi|à cause de quoi', 'why'],
    ['de où', 'from where'],
    ['où', 'where'],
    ['quel(?:le)?s?|lesquel(?:le)?s|lequel', 'which'],
    ["qui(?=\\s+(?:s['’]|a|ont|est))|qui", 'who'],
    ['(?:juste|tout juste|immédiatement) avant', 'right before'],
    ['avant', 'before'],
    ["c['’]était|était-ce|était-il", 'was it'],
    ['déjà', 'already'],
    ['hier', 'yesterday'],
    ['de habitude|normalement|habituel(?:lement)?', 'usual'],
    ['encore|toujours', 'still'],
    ['terminée?s?|finie?s?|résolue?s?', 'over'],
    ['maintenant|actuellement|en ce moment', 'now'],
    ['(?:ont-(?:elles|ils) |a-t-(?:il|elle) )?commenc(?:é|er|ent|èrent|e)|débuté|début', 'began'],
    ["(?:s['’]est|se sont|est) connectée?s?|connectée?s?|connexions? réussies?|ouvert une session", 'logged in'],
    ['en (?:échec|erreurs?)|échouée?s?|échec[s]?|échoue(?:nt)?|en échec', 'failed'],
    ['en panne|hors service|injoignables?|tombée?s?|indisponibles?', 'down'],
    ['plantée?s?|plantage', 'crash'],
    ['redémarrée?s?|redémarrage', 'restarted'],
    ['touchée?s?|affectée?s?|concernée?s?|impactée?s?', 'affected'],
    ['différent[e]?s?|distinct[e]?s?', 'different'],
    ['premi(?:er|ère)s?', 'first'],
    ['derni(?:er|ère)s?', 'last'],
    ['erreurs?', 'errors'],
    ['avertissements?', 'warnings'],
    ['délais? de attente(?: dépassés?)?|timeouts?', 'timeouts'],
    ['serveurs?', 'server'],
    ['hôtes?|machines?', 'hosts'],
    ['clients?|clientes?', 'customers'],
    ['utilisateurs?|utilisatrices?|usagers?', 'users'],
    ['adresses?', 'addresses'],
    ['requêtes?|demandes?', 'requests'],
    ['commandes?', 'orders'],
    ['paiements?', 'payment'],
    ['connexions?', 'connection'],
    ['fichiers?', 'files'],
    ['chemins?|pages?', 'paths'],
    ['nœuds?', 'nodes'],
    ['(?:la |le |les )?plus lente?s?', 'slowest'],
    ['lente?s?', 'slow'],
    ['bases? de données', 'databases'],
    ['locataires?', 'tenants'],
    ['factures?', 'invoices'],
    [
      "est-ce(?: que)?|cas|est|sont|était|étaient|ont(?:-\\p{L}+)?|a-t-\\p{L}+|a|été|les?|la|des|du|de|une?|dans|avec|pour|sur|y|se|s['’]est|il|elles?|ils|au|aux|en|et|par|à|passée?s?|que|quoi|ce|fait|faire|comme ça",
      '',
    ],
  ],
};

const spanish: Language = {
  marks: word(
    'qué|quién(?:es)?|cuál(?:es)?|cuándo|cuánt[oa]s?|por qué|cómo|dónde|que|quien|cuando|cuantos|es|son|está[n]?|fue(?:ron)?|hubo|hay|el|la|los|las|del?|un[oa]?|en|con|por|y|se|ya|antes|después|desde|ayer|debo|hacer|pasó|al|ahora|justo',
  ),
  words: [
    ['qué (?:debo|debemos|hay que|puedo|tengo que) hacer|qué hago', 'what should I do'],
    ['qué (?:pasó|ha pasado|ocurrió|sucedió)', 'what happened'],
    ['cuántas veces|con qué frecuencia', 'how often'],
    ['cuánt[oa]s?', 'how many'],
    ['cuánto tiempo|por cuánto tiempo', 'how long'],
    ['desde cuándo', 'since when'],
    ['cuándo|a qué hora', 'when'],
    ['por qué|a causa de qué', 'why'],
    ['de(?:sde)? dónde', 'from where'],
    ['dónde', 'where'],
    ['quién(?:es)?', 'who'],
    ['(?:justo|inmediatamente|poco) antes(?: del?)?', 'right before'],
    ['antes(?: del?)?', 'before'],
    ['(?:ya )?(?:estaba|era|pasaba|ocurría)(?: ya)?', 'was it already'],
    ['ya', 'already'],
    ['ayer', 'yesterday'],
    ['normalmente|habitual(?:mente)?', 'usual'],
    ['todavía|aún|sigue[n]?', 'still'],
    ['terminado|terminó|resuelto|acabó', 'over'],
    ['ahora(?: mismo)?|actualmente|en este momento', 'now'],
    ['empez(?:ó|aron)|comenz(?:ó|aron)|inicio', 'began'],
    ['(?:inició|iniciaron|ha iniciado) sesión|se (?:conectó|conectaron|autenticó|autenticaron)|inicios? de sesión', 'logged in'],
    ['fall(?:ó|aron|ado|ados|adas|a|an|os?)|falló|fracas(?:ó|aron)', 'failed'],
    ['caíd[oa]s?|fuera de servicio|inaccesibles?|se cayó|se cayeron', 'down'],
    ['reinició|reiniciaron|reinicios?', 'restarted'],
    ['afectad[oa]s?', 'affected'],
    ['diferentes?|distint[oa]s?', 'different'],
    ['primer[oa]?s?', 'first'],
    ['últim[oa]s?', 'last'],
    ['error(?:es)?', 'errors'],
    ['advertencias?|avisos?', 'warnings'],
    ['tiempos? de espera(?: agotados?)?', 'timeouts'],
    ['particion(?:es)?|partición', 'partitions'],
    ['servidor(?:es)?', 'server'],
    ['máquinas?', 'hosts'],
    ['clientes?', 'customers'],
    ['usuari[oa]s?', 'users'],
    ['direcci(?:ón|ones)', 'addresses'],
    ['peticion(?:es)?|petición|solicitud(?:es)?', 'requests'],
    ['pedidos?', 'orders'],
    ['pagos?', 'payment'],
    ['conexi(?:ón|ones)', 'connection'],
    ['archivos?|ficheros?', 'files'],
    ['páginas?|rutas?', 'paths'],
    ['nodos?', 'nodes'],
    ['(?:el |la )?más lent[oa]s?', 'slowest'],
    ['lent[oa]s?', 'slow'],
    ['bases? de datos', 'databases'],
    ['inquilinos?', 'tenants'],
    ['facturas?', 'invoices'],
    ['qué|cuál(?:es)?', 'which'],
    ['es|son|está[n]?|fue(?:ron)?|hubo|hay|han?|el|la|los|las|del?|al|un[oa]?s?|en|con|por|y|se|así|lo', ''],
  ],
};

const languages: readonly Language[] = [german, french, spanish];
