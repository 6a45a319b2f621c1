import { requests } from './french-requests.ts';
import type { Language } from './language.ts';

export const french: Language = {
  everyday:
    'le la les un une des du de et ou mais aussi que qui quoi dont où quand comme si car ne pas plus moins très trop bien encore déjà toujours est sont était être été suis ai as avons avez ont avait avoir peut peux pouvez pourrait pourriez doit dois faut veux voudrais je me moi mon ma mes tu te ton ta il elle on nous vous ils elles se son sa ses notre nos votre vos leur leurs ce cet cette ces ça cela ici là maintenant aujourd hier demain depuis avant après chez par pour avec sans sur sous dans en au aux entre bonjour merci svp plaît cordialement salut équipe tout tous toute toutes rien quelque fait faire va besoin reste restent mettre mis prendre voir dire donner nouveau nouvelle nouveaux autre autres même chaque jour jours matin soir semaine mois année heure heures problème problèmes aide aider trouver sais savoir vais deux trois comment pourquoi',
  wholeWords: true,
  passing:
    'mois années prochain prochaine prochains dernier dernière derniers nuit minute minutes bientôt plus tard cependant puis ensuite donc alors ainsi cela celui celle ceux celles quel quelle quels quelles quelqu aucun aucune chez vers lors lui y en ne soit sera seront fois peu beaucoup premier première deuxième',
  rest: 'autre autres divers diverses général générale',
  signs: {
    'an outage':
      'en panne|hors service|hors ligne|(?:panne|coupure) (?:générale|totale|complète|de (?:réseau|courant|service)|du (?:réseau|serveur|site|système))|(?:site|service|serveur|système|réseau|boutique|base de données|plate-?forme|vpn|téléphonie?) (?:\\p{L}+ ){0,2}(?:en panne|inaccessible|indisponible|injoignable|tombée?)|plus rien ne (?:marche|fonctionne)',
    'everybody is hit':
      "tous les (?:utilisateurs|clients|employés|collègues|salariés|sites|bureaux)|tout le monde|aucun (?:client|utilisateur|employé|collègue)|toute (?:l[’']entreprise|l[’']équipe|la société)|tout le (?:bureau|service|site)",
    'nobody can do it':
      "(?:personne|aucune? \\p{L}+)(?: [\\p{L}\\p{N}’']+){0,4}? (?:ne (?:peut|parvient|réussit)|n[’']arrive)(?! (?:(?:\\p{L}+ )?(?:dire|expliquer)|m[’']|me ))",
    'data is lost or corrupt':
      'pertes? de données|données (?:\\p{L}+ ){0,2}(?:perdues|effacées|supprimées|corrompues|écrasées|disparu)|(?:perdu|effacé|supprimé|écrasé) (?:\\p{L}+ ){0,3}(?:données|fichiers)',
    'security is at stake':
      "faille de sécurité|incident de sécurité|fuite de données|piratée?s?|volée?s?|rançongiciel|logiciel malveillant|hameçonnage|accès non autorisé|(?:est|été|sont) compromise?s?|phishing|cliqué sur (?:un|le|ce) (?:\\p{L}+ ){0,3}lien|(?:saisi|donné|entré) (?:mes|mon|son|ses) (?:identifiants|mot de passe|données|codes?)|quelqu[’']un (?:[\\p{L}’']+ ){0,5}(?:connectée?|utilise|utilisé)|connexions? (?:suspectes?|inconnues?|étrangères?)|connexion depuis (?:un pays|l[’']étranger)|(?:clés?|jetons?|identifiants|mots? de passe)(?: \\p{L}+){0,4} (?:publiée?s?|publics?|publiques?|en ligne|sur (?:internet|github|pastebin))|(?:perdu|oublié) (?:mon|ma|le|la|un|une) (?:\\p{L}+ )?(?:ordinateur|portable|téléphone|clé usb|tablette|disque dur)",
    'production is named': 'en production|environnement de production|(?:système|site) de production|la prod',
    'customers or money are hit':
      "(?:les |nos |des )?clients? (?:ne (?:peuvent|reçoivent|voient)|se plaignent|signalent|n[’']arrivent)|paiements? (?:échouent|refusés|bloqués|ne passent)|chiffre d[’']affaires|commandes (?:perdues|bloquées)|rgpd",
    'several are hit': '(?:plusieurs|beaucoup de|la plupart des) (?:utilisateurs|collègues|clients|employés|serveurs|postes)',
    'somebody is locked out':
      'comptes? (?:\\p{L}+ ){0,3}(?:bloquée?s?|verrouillée?s?|désactivée?s?|suspendue?s?)|mot de passe (?:\\p{L}+ ){0,2}(?:expiré|oublié|périmé)|oublié (?:mon|le|son) mot de passe',
    'work is blocked': 'bloquée?s?|bloque|bloquante?|(?:ne (?:peux|peut|peuvent|pouvons)|impossible de) (?:\\p{L}+ ){0,2}travailler',
    'it is called urgent':
      "urgente?s?|urgence|d[’']urgence|immédiatement|tout de suite|dès que possible|au plus vite|critique|priorité (?:haute|maximale)",
    'there is a deadline':
      "(?:avant|pour|d[’']ici) (?:ce soir|demain|midi|la fin de (?:la )?journée)|dans (?:une|deux) heures?|date limite|échéance|(?:avant|pour|à) \\d{1,2} ?h(?:eures?)?(?: ?\\d\\d)?|dans une demi-heure",
    'something crashes': 'plantée?|plante|plantages?|(?:se )?fige|figée?|écran bleu',
    'it cannot be built, started or used':
      "ne (?:démarre|s[’']ouvre|se lance|se connecte|charge|s[’']allume) (?:pas|plus)|(?:impossible de|n[’']arrive (?:pas|plus) à|ne (?:peux|peut) (?:pas|plus)) (?:\\p{L}+ )?(?:ouvrir|démarrer|installer|accéder|connecter|lancer)",
    'something fails':
      "erreurs?|ne (?:fonctionne|marche|répond|fonctionnent|marchent) (?:pas|plus)|échecs?|échoue(?:nt)?|cassée?s?|défectueu(?:x|se)|dysfonctionnement|problème technique|ne (?:peu(?:x|t|vent)|pouvons|pouvez) (?:\\p{L}+ )?(?:pas|plus)|ne peuvent|n[’']arriv(?:e|ent|ons|ez) (?:pas|plus)|n[’'](?:a|ont|avons) (?:pas|plus) (?:d[’']|de |le |l[’'])?(?:internet|réseau|wi-?fi|courant|électricité|connexion|téléphone)|sans (?:internet|réseau|courant|électricité|connexion|téléphone)|plus (?:d[’']internet|de réseau|de courant|internet)",
    'it is slow or comes and goes': 'lente?s?|lenteurs?|intermittente?s?|par moments|délai dépassé',
    'it is a question': 'juste une question|petite question|une question (?:sur|concernant)',
    'it is a wish':
      "serait (?:bien|utile|pratique|super|appréciable|génial|chouette)|(?:pourr(?:iez|ions|ait)|pouvez|peut)[- ](?:vous|nous|on)?(?: \\p{L}+)? ?(?:ajouter|intégrer|prévoir|proposer|permettre|prendre en charge)|serait-il possible d[’'e](?: )?(?:ajouter|avoir|intégrer|proposer|prévoir)|suggestion|souhait|amélioration",
    'it is cosmetic': "faute (?:de frappe|d[’']orthographe)|coquille|mise en page|cosmétique",
    'there is no hurry':
      "pas (?:du tout )?(?:urgent|pressé|important|critique)|rien d[’']urgent|pas d[’']urgence|quand vous (?:aurez|avez) (?:le temps|un moment)|ça peut attendre|peut attendre",
    'one person is hit':
      'seulement (?:moi|chez moi)|(?:mon|ma) (?:ordinateur|portable|écran|souris|clavier|téléphone|casque|compte|imprimante|poste)',
    'there is a way around': 'solution de contournement|on peut contourner',
  },
  asks: "combien|quand|quels?|quelles?|où|qui|à qui|comment|que (?:signifie|dois|faut)|peut-on|y a-t-il|est-ce que|est-ce qu[’']|quelqu[’']un sait",
  questions:
    "comment (?:puis|peut|faire|on|je|obtenir)|où (?:est|se|puis|trouver|sont)|qui (?:est|peut|contacter)|est-ce (?:que|qu[’']il)|quelle? (?:est|sont)|question(?!\\p{L})",
  around: {
    denial: 'pas|pas de|aucune?|sans|jamais|ni|si jamais|en cas',
    deniedAfter: "(?:n[’']est|ne sont) pas (?:concernée?s?|touchée?s?|affectée?s?)",
    talk: '(?:documentation|formation|question|exemple|modèle|guide|politique|procédure) (?:sur|de|du|pour|concernant|en cas)|en cas de',
    setting: 'mettez|mettre|fixe[rz]?|passe[rz]?',
    priority: 'priorité',
  },
  letter: {
    subject: 'objet',
    headers: 'de|à|envoyé|date|cc|cci|pièces? jointes?|répondre à',
    forwarded: "message (?:transféré|d[’']origine)|début du message (?:transféré|réexpédié)|le [^\\n]{5,100} a écrit",
    greetings: 'bonjour|bonsoir|salut|cher|chère|chers|madame|monsieur',
    closings:
      "(?:bien )?(?:cordialement|amicalement|sincèrement)(?: vôtre)?|(?:bien )?à (?:vous|toi)|(?:avec mes )?(?:sincères |meilleures )?salutations(?: distinguées)?|(?:bonne|excellente) (?:journée|soirée)|merci(?: (?:d[’']avance|beaucoup|par avance))?|cdlt|bàv",
    sentFrom: 'envoyé (?:de(?:puis)?|à partir de) (?:mon|outlook)[^\\n]{0,30}',
    notices: [
      '(?:message|courriel|e-?mail|mail)[^.]{0,80}(?:confidentiel|destiné|destination|usage exclusif)',
      '(?:êtes pas|autre que) (?:le )?destinataire|(?:reçu|parvenu)[^.]{0,40}par erreur',
      '(?:avertir|informer|prévenir|aviser)[^.]{0,30}expéditeur|(?:détruire|supprimer)[^.]{0,20}(?:message|courriel)|le (?:détruire|supprimer)',
      '(?:divulgation|diffusion|reproduction|utilisation)[^.]{0,60}interdite|strictement interdite?|décline toute responsabilité',
      '(?:siret|siren|rcs)\\b|capital (?:social )?de|siège social',
    ],
    banners: ["pensez? à l[’']environnement|avant d[’']imprimer", '(?:expéditeur|message|courriel) externe[^.]{0,80}(?:lien|pièce)'],
  },
  sorting: {
    sorts: 'class(?:e|er|ez|é)|catégoris(?:e|er|ez|é)|rang(?:e|er|ez)|étiquet(?:te|er|ez)',
    moves:
      'transf(?:ère|érer|érez)|envo(?:ie|yer|yez)|affect(?:e|er|ez)|assign(?:e|er|ez)|trait(?:e|er|ez)|mett(?:re|ez)|mets|va|relève|appartient',
    it: '(?:cela|ça|ceci|ce|cette|le|la|tout)(?: (?:ticket|demande|message))?',
    as: '(?:comme|dans|à|au|aux|en|vers|sous)(?: (?:une?|la|le|les))?',
    category: 'catégorie|étiquette|service',
    is: 'est|doit être|sera',
  },
  numbered: {
    order: 'commande|facture|bon de commande|réservation|livraison|colis',
    customer: 'clients?',
    ticket: 'dossier|demande|anomalie',
    device: 'poste|ordinateur|portable|imprimante|serveur',
  },
  environments: 'environnement de (?:production|test|recette|développement)|pré-?prod(?:uction)?',
  categories: requests,
};
