import { requests } from './german-requests.ts';
import type { Language } from './language.ts';

export const german: Language = {
  everyday:
    'der die das den dem des ein eine einen einem einer eines und oder aber auch als wie wenn weil dass ob nicht kein keine keinen nur noch schon sehr mehr immer wieder ist sind war waren wird werden wurde wurden bin hat habe haben hatte kann können könnte könnt könnten muss müssen soll sollte will wollen möchte ich mich mir mein meine meinen meinem meiner du dich dir dein er sie es ihn ihm ihr ihre ihren wir uns unser unsere unseren euch euer man sich jemand hier da dort dann jetzt heute gestern morgen seit bis vor nach bei von vom zu zum zur mit ohne für über unter auf an am aus in im ins um durch gegen so was wer wo wann warum bitte danke hallo guten tag liebe lieber grüße gruß viele team alle alles etwas nichts mal leider gerne geht gehen gibt machen mache macht bekomme bekommen brauche brauchen neue neuen neuer neues neu andere anderen anderer jede jeden jeder tage woche wochen monat jahr uhr problem hilfe helfen bleibt bleiben steht stehen kommt kommen sieht sehen wissen weiß finde finden danach damit davon dafür beim zwei drei',
  compounds: true,
  passing:
    'monate monaten jahre jahren stunde stunden minute minuten tagen nächste nächsten nächster nächstes letzte letzten letzter letztes abend nacht wochenende bald später vorher dieser diese dieses diesem diesen jemandem etwa circa beim erst zuerst ganz ganze ganzen eigentlich vielleicht gerade deshalb dazu darauf raus rein hin her selbst sonst allem außerdem sowie welche welcher welches deren dessen unseres eins erste zweite zweiten paar ab los weg zurück nochmal bitten danken ans aufs fürs übers wohl zwar dabei daran',
  rest: 'sonstige sonstiges andere anderes allgemein allgemeines verschiedenes diverses übriges',
  signs: {
    'an outage':
      '(?:total|komplett|produktions|server|system|netz|netzwerk|internet|strom|betriebs)?ausf(?:all|älle)(?!\\p{L})|(?:gro(?:ß|ss)|betriebs|netz)störung|(?:server|systeme?|netzwerk|internet|dienste?|web-?seite|website|shop|portal|datenbank|produktion|anlage|vpn|telefonie?|telefonanlage) (?:(?:ist|sind|steht|stehen) )?(?:seit \\p{L}*\\d*[\\p{L}\\d:.]* )?(?:\\p{L}+ ){0,2}(?:ausgefallen|down|offline|still|tot|nicht (?:mehr )?(?:erreichbar|verfügbar))|(?:steht|stehen) (?:die|das|der) (?:\\p{L}+ )?(?:produktion|fertigung|anlage|linie)|nichts geht mehr',
    'everybody is hit':
      'alle[nr]? (?:kund(?:en|innen)|nutzer|benutzer|anwender|mitarbeite|kolleg|standorte|abteilungen|filialen)|kein(?:e|er)? (?:kunde|kundin|nutzer|benutzer|mitarbeiter)|(?:ganze[nrs]?|gesamte[nrs]?) (?:firma|unternehmen|abteilung|team|büro|standort|haus)|(?:firmen|unternehmens)weit|alle (?:im|in der|am) (?:büro|haus|standort|abteilung|firma)',
    'nobody can do it':
      '(?:niemand|keiner|kein(?:e[rn]?)? (?:kund(?:e|in)|nutzer|benutzer|mitarbeiter|kollege))(?: [\\p{L}\\p{N}]+){0,4}? (?:kann|kommt)\\b(?! (?:(?:\\p{L}+ )?sagen|mich|mir)\\b)|(?<!mich |mir )kann (?:niemand|keiner|kein \\p{L}+)\\b(?! (?:\\p{L}+ )?sagen\\b)',
    'data is lost or corrupt': 'datenverlust|(?:\\p{L}+)?daten (?:\\p{L}+ ){0,2}(?:weg|verloren|gelöscht|beschädigt|überschrieben)',
    'security is at stake':
      'sicherheits(?:lücke|vorfall|problem)|datenleck|datenpanne|gehackt|gestohlen|geklaut|schadsoftware|verschlüsselungstrojaner|erpressungs\\p{L}+|unbefugte[nr]? zugriff|phishing|auf (?:einen|den|diesen) [^.!?\\n]{0,30}link geklickt|(?:zugangsdaten|passwort|kennwort|anmeldedaten) [^.!?\\n]{0,60}eingegeben|(?:jemand|fremde|ein fremder|unbekannte)(?: \\p{L}+){0,7} (?:angemeldet|eingeloggt|benutzt|verwendet)|(?:fremde|unbekannte|verdächtige) (?:anmeldung|zugriff)\\p{L}*|von fremden (?:benutzt|verwendet)|(?:schlüssel|token|zugangsdaten|passw(?:ort|örter)|api-key)(?: \\p{L}+){0,4} (?:veröffentlicht|öffentlich|geleakt|im umlauf|im netz|im internet)|öffentlichen? (?:repo\\p{L}*|kanal|gist)[^.!?\\n]{0,40}(?:schlüssel|token|passw\\p{L}+|zugangsdaten)|(?:laptop|notebook|handy|smartphone|diensthandy|tablet|usb-stick|festplatte)(?: \\p{L}+){0,5} (?:verloren|liegen ?gelassen|liegengeblieben|weg\\b)|(?:verloren|liegen ?gelassen)[^.!?\\n]{0,30}(?:laptop|notebook|diensthandy|usb-stick)',
    'production is named': 'produktion\\b|produktiv(?:system|umgebung|betrieb)|live-?system',
    'customers or money are hit':
      'kund(?:en|innen) (?:können|sehen|bekommen|beschweren|melden|erhalten)|zahlungen (?:schlagen|gehen|werden nicht)|umsatz(?:verlust|ausfall)?|gehaltslauf|dsgvo|bestellungen (?:gehen|kommen) (?:nicht|verloren)',
    'several are hit':
      '(?:mehrere|viele|die meisten) (?:nutzer|benutzer|kolleg\\p{L}+|kunden|kundinnen|mitarbeite\\p{L}*|server|rechner)|bei (?:uns )?(?:allen|mehreren)',
    'somebody is locked out':
      'ausgesperrt|(?:konto|account|benutzer|zugang|kennung|nutzer)(?: \\p{L}+){0,3} gesperrt|(?:passwort|kennwort) (?:\\p{L}+ ){0,2}(?:vergessen|abgelaufen)',
    'work is blocked': 'blockiert|(?:kann|können) (?:\\p{L}+ ){0,2}nicht (?:weiter)?arbeiten|arbeitsunfähig',
    'it is called urgent':
      '(?:dringend(?:st)?|umgehend|sofort|notfall|so (?:schnell|bald) wie möglich|schnellstmöglich|eilt|kritisch|höchste priorität)(?!\\p{L})',
    'there is a deadline':
      '(?:bis (?:heute|morgen|mittag|feierabend)|noch heute|in (?:einer|zwei) stunden?|(?:bis|um|vor) \\d{1,2}(?:[:.]\\d\\d)? uhr|in einer (?:halben|viertel) ?stunde)\\b',
    'something crashes': 'abgestürzt|stürzt (?:\\p{L}+ ){0,3}ab\\b|hängt sich auf|eingefroren',
    'it cannot be built, started or used':
      '(?:startet|öffnet|lädt|verbindet) (?:sich )?nicht|lässt sich (?:\\p{L}+ )?nicht (?:öffnen|starten|installieren)|(?:komm(?:en?|t)|kann|können) (?:\\p{L}+ ){0,2}nicht (?:\\p{L}+ ){0,3}(?:einloggen|anmelden|rein|öffnen|starten|zugreifen|verbinden)',
    'something fails':
      'fehler\\b|fehlermeldung|(?:funktioniert|geht|gehen|klappt|reagiert) (?:\\p{L}+ )?nicht\\b|kaputt|defekt\\b|nicht (?:mehr )?erreichbar|störung|(?:kann|können|konnten?)(?: \\p{L}+){0,3}? nicht\\b|(?:hat|haben|ist|sind) (?:\\p{L}+ ){0,2}?(?:kein|ohne) (?:internet|netz|netzwerk|wlan|strom|telefon|verbindung|e-?mails?)\\b|ohne (?:internet|netz|strom|wlan)\\b|bricht (?:\\p{L}+ )?ab\\b|fehlgeschlagen',
    'it is slow or comes and goes': '(?:langsam|sporadisch|zeitüberschreitung)\\b',
    'it is a question': 'nur eine frage|kurze frage',
    'it is a wish':
      'wäre (?:schön|toll|gut|hilfreich|praktisch|super|klasse|prima|nett|sinnvoll)|(?:könnte(?:t ihr|n sie|st du|n wir)|kann man) [^.?!\\n]{0,80}(?:einbauen|hinzufügen|ergänzen|anbieten|ermöglichen|unterstützen|implementieren|nachrüsten|umsetzen|bekommen)\\b|wunsch\\b|vorschlag\\b',
    'it is cosmetic': 'tippfehler|rechtschreib\\p{L}+|schreibfehler',
    'there is no hurry':
      '(?:nicht (?:so )?(?:dringend|eilig|wichtig|kritisch)|eilt nicht|keine eile|hat zeit|(?:bei|wenn) (?:ihr |sie |du )?(?:zeit|gelegenheit))\\b',
    'one person is hit':
      '(?:nur (?:bei mir|ich|mein\\p{L}*)|mein(?:e[nm]?)? (?:laptop|monitor|maus|tastatur|telefon|handy|rechner|pc|drucker|konto|account))(?!\\p{L})',
  },
  asks: 'wie|wo|wer|wann|wem|wohin|an wen|welche[rsnm]?|was|gibt es|ab (?:wann|welche[rmn]?)|bis wann|kann (?:mir|uns) (?:jemand|wer) sagen|weiß jemand',
  questions: 'wie (?:kann|geht|mache|komme|bekomme)|wo (?:ist|finde|kann)|wer (?:ist|kann)|frage\\b|was (?:ist|sind)',
  around: {
    denial: 'kein(?:e[nrms]?)?|nicht|ohne|nie|falls',
    deniedAfter: '(?:ist|sind) nicht (?:betroffen|dringend)',
    talk: '(?:dokumentation|schulung|frage|beispiel|vorlage|anleitung) (?:zu|zum|zur|für|über|von)|im falle?',
    headWord: 'schulung(?:en)?|richtlinien?|übung(?:en)?',
    setting: 'setze?n?|stelle?n?',
    priority: 'prio|priorität',
  },
  letter: {
    subject: 'betreff',
    headers: 'von|an|gesendet|datum|kopie|priorität|anlagen?|antwort an',
    forwarded:
      'weitergeleitete nachricht|ursprüngliche nachricht|anfang der weitergeleiteten (?:e-?mail|nachricht)|am [^\\n]{5,100} schrieb[^\\n]{0,60}',
    greetings: 'hallo|guten (?:tag|morgen|abend)|sehr geehrte[rs]?|liebe[rs]?|moin|servus|grüezi|hi',
    closings:
      '(?:mit )?(?:(?:freundlichen?|lieben?|vielen?|besten?|herzlichen?|schönen?|kollegialen?) )?gr(?:ü|ue)(?:ß|ss)e?n?(?: aus \\p{L}+)?|(?:herzlichst|hochachtungsvoll|mfg|lg|vg|bg)|(?:(?:vielen|besten|herzlichen) )?dank(?: (?:im voraus|und gruß|vorab))?|danke(?: (?:im voraus|euch|und gruß|vorab))?|gruß',
    sentFrom:
      '(?:von meinem|gesendet (?:von|mit)) (?:meinem )?(?:iphone|ipad|android|samsung|handy|mobilgerät|outlook|telefon|smartphone)[^\\n]{0,30}',
    notices: [
      '(?:e-?mail|nachricht|mitteilung)[^.]{0,80}(?:vertraulich|bestimmt)',
      '(?:richtige|beabsichtigte|vorgesehene|angegebene)[rn]? (?:adressat|empfänger)|irrtümlich (?:erhalten|zugesandt)|nicht für sie bestimmt',
      '(?:informieren|benachrichtigen|verständigen) sie[^.]{0,40}absender|(?:vernichten|löschen) sie (?:diese|die|bitte)',
      'unerlaubte|unbefugte (?:weitergabe|weiterleitung|kopieren)|nicht gestattet|(?:ist|sind) untersagt',
      'handelsregister|registergericht|amtsgericht|hr[ab] ?\\d+',
      'geschäftsführ(?:er|erin|ung)\\s*:|vorstand\\s*:|(?:vorsitzender? des )?aufsichtsrats?|sitz der gesellschaft',
      'ust\\.?-?id|umsatzsteuer-?id|steuernummer\\s*:',
    ],
    banners: [
      'denken sie an die umwelt|bevor sie (?:diese )?(?:e-?mail|mail|nachricht) (?:aus)?drucken',
      '(?:extern(?:e[rn]?)?|von au(?:ß|ss)erhalb)[^.!]{0,60}(?:e-?mail|absender|nachricht)[^.]{0,80}(?:keine links|anhänge)',
    ],
  },
  sorting: {
    sorts:
      'klassifizier\\p{L}*|kategorisier\\p{L}*|ein(?:zu)?ordnen|ein(?:zu)?sortieren|ein(?:zu)?stufen|zu(?:zu)?ordnen|ordne|sortiere?|stufe',
    moves: 'leite|schicke?|sende|gib|weise|setze|stelle|behandle|behandeln|gehört|gehe|geht',
    it: '(?:das|dies|dieses|diese|es|alles)(?: (?:ticket|anfrage|meldung|anliegen))?',
    as: '(?:als|an|unter|in|zu|zum|zur|auf)(?: (?:die|den|das|der|ein|eine|einen))?',
    category: 'kategorie|einstufung|abteilung',
    is: 'ist|auf|als|lautet|muss|soll',
  },
  numbered: {
    order: 'bestell(?:ung|nummer)|auftrag(?:snummer)?|rechnung(?:snummer)?|lieferung|buchung(?:snummer)?|sendung(?:snummer)?',
    customer: 'kunden?(?:nummer)?|kunden-?nr\\.?|debitor(?:ennummer)?',
    ticket: 'störung|vorgang|anfrage',
    device: 'rechner|laptop|notebook|gerät|drucker|arbeitsplatz|inventar(?:nummer)?',
  },
  environments: '(?:produktiv|test|abnahme|entwicklungs|integrations)(?:system|umgebung)',
  categories: requests,
};
