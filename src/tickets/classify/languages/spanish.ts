import type { Language } from './language.ts';
import { requests } from './spanish-requests.ts';

export const spanish: Language = {
  everyday:
    'el la los las un una unos unas de del y e o u pero también que qué quien quién cual cuál donde dónde cuando cuándo como cómo si porque no ni más menos muy mucho bien aún ya siempre es son era ser sido está están estaba estoy he ha han hay había puede puedo pueden podría podrían debe debo quiero quisiera yo me mi mis tú te tu tus él ella lo le les nos nosotros ustedes ellos ellas se su sus nuestro nuestra nuestros este esta esto estos estas ese esa eso aquí allí ahora hoy ayer mañana desde hasta antes después por para con sin sobre en al a entre hola gracias favor saludos buenos buenas días tardes equipo todo todos toda todas nada algo alguien hacer hace necesito necesitamos queda quedan sigue siguen poner ver decir dar nuevo nueva nuevos otro otra otros mismo misma cada día semana mes año hora horas problema problemas ayuda ayudar encontrar encuentro sé saber voy dos tres tengo tiene',
  wholeWords: true,
  passing:
    'semanas meses años próximo próxima próximos último última últimos noche minuto minutos pronto luego entonces además aunque sino sea será cualquier alguno alguna algún ninguno ninguna ningún cuyo cuya cuánto cuántos vez veces poco poca primero primera segundo segunda cada cual',
  rest: 'otro otros otra otras varios varias general',
  signs: {
    'an outage':
      '(?:sitio|web|página|servicio|servidor|sistema|red|tienda|base de datos|plataforma|vpn|telefonía) (?:\\p{L}+ ){0,3}(?:caíd[oa]s?|inaccesible|fuera de servicio|no disponible)|fuera de servicio|caída (?:general|total|del (?:servicio|sistema|servidor|sitio))|corte (?:de (?:luz|red|servicio)|general)|(?:se )?(?:ha caído|cayó) (?:el|la) (?:sitio|web|página|servicio|servidor|sistema|red|tienda|base)|no funciona nada',
    'everybody is hit':
      'tod[oa]s l[oa]s (?:usuari[oa]s|clientes|emplead[oa]s|compañer[oa]s|oficinas|sedes)|todo el mundo|ningún (?:cliente|usuario|empleado|compañero)|toda la (?:empresa|oficina|plantilla)|todo el (?:equipo|departamento)',
    'nobody can do it':
      '(?:nadie|ningun[oa]|ningún[a]?)(?: [\\p{L}\\p{N}]+){0,4}? (?:puede|consigue|logra)(?! (?:(?:\\p{L}+ )?(?:decir|explicar)|\\p{L}+me(?!\\p{L})))',
    'data is lost or corrupt':
      'pérdidas? de datos|datos (?:\\p{L}+ ){0,2}(?:perdidos|borrados|eliminados|dañados|corruptos|sobrescritos)|(?:perdido|borrado|perdimos|borramos) (?:\\p{L}+ ){0,3}(?:datos|ficheros|archivos)',
    'security is at stake':
      'fallo de seguridad|brecha de (?:seguridad|datos)|vulnerabilidad(?:es)?|fuga de datos|hackead[oa]s?|robad[oa]s?|secuestro de datos|programa malicioso|suplantación|acceso no autorizado|comprometid[oa]s?|phishing|(?:clic|pinchado|pinché|pulsado) en (?:un|el|ese) (?:\\p{L}+ ){0,3}enlace|(?:introduj|introducid|metid|puest|dad)(?:e|o) (?:mis|mi|su|sus) (?:datos|contraseña|credenciales|claves?)|alguien (?:\\p{L}+ ){0,3}(?:usa|usando|usado|entró|entrado|conectado|accedido)|inicios? de sesión (?:\\p{L}+ ){0,2}(?:desconocid[oa]s?|sospechos[oa]s?|extrañ[oa]s?)|(?:filtrado|publicado) (?:\\p{L}+ ){0,4}(?:claves?|contraseñas?|credenciales|datos)|(?:claves?|contraseñas?|credenciales)(?: \\p{L}+){0,4} (?:públic[oa]s?|publicad[oa]s?|filtrad[oa]s?)|(?:perdid?o?|perdí|olvidado|dejado) (?:mi|el|un|una|la) (?:\\p{L}+ )?(?:portátil|ordenador|móvil|teléfono|pendrive|memoria usb|tableta)|antivirus (?:\\p{L}+ ){0,3}(?:avis\\p{L}+|alert\\p{L}+)',
    'production is named': 'en producción|entorno de producción|sistema de producción',
    'customers or money are hit':
      '(?:los |nuestros )?clientes (?:no (?:pueden|reciben|ven)|se quejan|reportan|informan)|pagos? (?:fallan|falla|rechazados|bloqueados|no pasan)|ingresos|pedidos (?:perdidos|bloqueados)|rgpd',
    'several are hit': '(?:varios|muchos|la mayoría de los) (?:usuarios|compañeros|clientes|empleados|servidores|equipos)',
    'somebody is locked out':
      'cuentas? (?:\\p{L}+ ){0,3}(?:bloquead[oa]s?|desactivad[oa]s?|suspendid[oa]s?)|contraseña (?:\\p{L}+ ){0,2}(?:caducad[oa]|expirad[oa]|caducó)|olvid(?:é|ado) (?:mi|la|su) contraseña',
    'work is blocked': 'bloquead[oa]s?|bloquea|bloqueante|no (?:puedo|puede|podemos|pueden) (?:\\p{L}+ ){0,1}trabajar',
    'it is called urgent':
      'urgentes?|urgentemente|urgencia|inmediatamente|de inmediato|cuanto antes|lo antes posible|crític[oa]s?|prioridad (?:alta|máxima)|emergencia',
    'there is a deadline':
      '(?:antes de|para) (?:hoy|mañana|esta (?:tarde|noche)|mediodía)|antes del (?:mediodía|final del día)|en (?:una|dos) horas?|fecha límite|vence (?:hoy|mañana)|(?:antes de|a) las \\d{1,2}(?:[:.]\\d\\d)?|en media hora',
    'something crashes': 'se (?:cuelga|cierra sol[oa]|congela|bloquea sol[oa])|colgad[oa]|pantalla azul',
    'it cannot be built, started or used':
      'no (?:arranca|enciende|abre|carga|inicia|conecta|se (?:abre|inicia|conecta|enciende))|no (?:puedo|puede|podemos|pueden|se puede|logro|consigo) (?:\\p{L}+ )?(?:abrir|arrancar|iniciar|instalar|acceder|conectar(?:me)?|entrar)',
    'something fails':
      'error(?:es)?|no (?:funciona|funcionan|responde|responden)|fall(?:a|an|o|os|ó)|rot[oa]s?|averiad[oa]s?|avería|defectuos[oa]|no (?:puedo|puede|podemos|pueden|se puede|logr(?:o|a|amos|an)|consig(?:o|ue|uen)|me deja)|(?:está|están|estamos|se queda(?:n)?)? ?sin (?:internet|red|wi-?fi|luz|corriente|conexión|teléfono)|no (?:hay|tenemos|tiene|tienen) (?:internet|red|wi-?fi|luz|conexión|teléfono)',
    'it is slow or comes and goes': 'lent[oa]s?|lentitud|intermitentes?|a veces|tiempo de espera',
    'it is a question': 'solo una (?:pregunta|duda)|una (?:pregunta|duda) (?:sobre|acerca)',
    'it is a wish':
      '(?:sería|estaría) (?:bueno|bien|útil|genial|ideal|estupendo|práctico)|(?:podr(?:íais|ían|íamos|ías|ía)|podéis|pueden) (?:añadir|incluir|incorporar|permitir|agregar|integrar|soportar)|sugerencia|mejora|me gustaría que',
    'it is cosmetic': 'errata|falta de ortografía|error tipográfico|cosmétic[oa]',
    'there is no hurry':
      'no es (?:nada )?(?:urgente|importante|crítico)|sin prisa|no hay prisa|cuando (?:puedas|puedan|tengas|tengan)(?: (?:tiempo|un momento))?|puede esperar',
    'one person is hit':
      'solo (?:a mí|yo|me pasa)|mi (?:ordenador|portátil|computadora|pantalla|ratón|teclado|teléfono|móvil|cuenta|impresora|equipo)',
    'there is a way around': 'solución (?:temporal|alternativa)',
  },
  asks: '¿?(?:cuánt[oa]s?|cuándo|cuál(?:es)?|dónde|quién(?:es)?|a quién|cómo|qué|hay|alguien sabe)',
  questions:
    'cómo (?:puedo|se|hago|podemos)|dónde (?:está|están|puedo|se|encuentro)|quién (?:es|puede)|qué (?:es|son|significa)|es posible|pregunta(?!\\p{L})|duda(?!\\p{L})',
  around: {
    denial: 'no|ningun[oa]?|ningún|sin|nunca|ni|jamás|en caso',
    deniedAfter: 'no (?:está|están) afectad[oa]s?',
    talk: '(?:documentación|formación|pregunta|duda|ejemplo|plantilla|guía|política|procedimiento) (?:sobre|de|del|para|en caso)|en caso de',
    setting: 'pon(?:er|ga)?|fija[r]?|marca[r]?',
    priority: 'prioridad',
  },
  letter: {
    subject: 'asunto',
    headers: 'de|para|enviado(?: el)?|fecha|cc|cco|adjuntos?|responder a',
    forwarded: 'mensaje (?:reenviado|original)|inicio del mensaje reenviado|el [^\\n]{5,100} escribió',
    greetings: 'hola|buen(?:os|as) (?:días|tardes|noches)|estimad[oa]s?|querid[oa]s?|buenas',
    closings:
      '(?:un )?(?:cordial(?:es)? )?salud(?:o|os)(?: cordial(?:es)?)?|atentamente|cordialmente|(?:muchas )?gracias(?: (?:de antemano|por adelantado|y un saludo))?|un abrazo',
    sentFrom: 'enviado desde (?:mi|outlook)[^\\n]{0,30}',
    notices: [
      '(?:mensaje|correo|e-?mail)[^.]{0,80}(?:confidencial|destinatario|dirigido|uso exclusivo)',
      '(?:no es|distinto del?) (?:el |usted el )?destinatario|(?:recibido|recibe)[^.]{0,40}por error',
      '(?:notifi[cq]\\p{L}*|comuni[cq]\\p{L}*|inform\\p{L}*|avis\\p{L}*)[^.]{0,30}(?:remitente|emisor)|(?:elimin|borr|destru)\\p{L}*[^.]{0,20}(?:mensaje|correo)',
      '(?:divulgación|difusión|copia|uso)[^.]{0,60}(?:prohibid|no autorizad)|estrictamente prohibid',
      'protección de datos|registro mercantil|domicilio social|\\bcif\\b',
    ],
    banners: ['antes de imprimir|medio ambiente', '(?:remitente|correo|mensaje) externo[^.]{0,80}(?:enlace|adjunto)'],
  },
  sorting: {
    sorts: 'clasif[ií](?:ca|car|que|quen|cad|calo)|categori[cz](?:a|ar|e|en)|etiquet(?:a|ar|e|en)',
    moves: 'env[ií](?:a|ar|e|en|alo)|reenv[ií](?:a|ar|e|en|alo)|asign(?:a|ar|e|en)|trat(?:a|ar|e|en)|pon|ponga|m[eé]te(?:lo)?|va|pertenece',
    it: '(?:esto|este|esta|lo|todo)(?: (?:ticket|solicitud|mensaje|caso))?',
    as: '(?:como|en|a|al|bajo)(?: (?:una?|un|la|el|los))?',
    category: 'categoría|etiqueta|departamento',
    is: 'es|como|debe ser|a',
  },
  numbered: {
    order: 'pedido|factura|orden de compra|reserva|envío|albarán',
    customer: 'clientes?',
    ticket: 'incidencia|caso|solicitud|incidente',
    device: 'equipo|portátil|ordenador|impresora|servidor',
  },
  environments: 'entorno de (?:producción|pruebas|desarrollo)|pre-?producción',
  categories: requests,
};
