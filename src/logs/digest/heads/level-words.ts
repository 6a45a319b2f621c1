/** Levels by name, most severe first. */
export type NamedLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/**
 * Words by which programs name a level, lower-cased: English and its abbreviations first, then languages that loggers are set to or
 * people write in. One more language is one more line.
 */
export const levelWords: readonly Record<NamedLevel, string>[] = [
  {
    fatal: 'fatal critical crit emerg emergency alert panic dpanic ftl fata pani',
    error: 'error err severe failure eror erro fail',
    warn: 'warn warning wrn',
    info: 'info information notice note inf log system success',
    debug: 'debug dbg dbug fine config debu',
    trace: 'trace trc finer finest verbose silly trce trac vrb',
  },
  { fatal: 'kritisch schwerwiegend', error: 'fehler', warn: 'warnung', info: 'hinweis', debug: '', trace: '' },
  { fatal: 'critique', error: 'erreur grave', warn: 'avertissement attention', info: 'infos', debug: 'débogage', trace: '' },
  { fatal: 'crítico', error: '', warn: 'advertencia aviso', info: 'información', debug: 'depuración', trace: '' },
  { fatal: '', error: 'falha', warn: 'advertência', info: 'informação', debug: 'depuração', trace: '' },
  { fatal: 'critico', error: 'errore', warn: 'avviso avvertenza avvertimento attenzione', info: 'informazioni', debug: '', trace: '' },
  { fatal: 'kritiek', error: 'fout', warn: 'waarschuwing', info: 'informatie', debug: '', trace: '' },
  { fatal: 'kritiskt kritisk', error: 'fel fejl feil', warn: 'varning advarsel', info: '', debug: 'felsökning', trace: '' },
  { fatal: 'kriittinen', error: 'virhe', warn: 'varoitus', info: 'tiedot', debug: '', trace: '' },
  { fatal: 'krytyczny', error: 'błąd blad', warn: 'ostrzeżenie uwaga', info: 'informacja', debug: '', trace: '' },
  { fatal: 'kritická', error: 'chyba', warn: 'varování varovanie upozornění', info: 'informace', debug: 'ladění', trace: '' },
  { fatal: 'kritikus', error: 'hiba', warn: 'figyelmeztetés', info: 'információ', debug: '', trace: '' },
  { fatal: '', error: 'eroare', warn: 'avertisment', info: 'informații', debug: 'depanare', trace: '' },
  { fatal: 'kritik kri̇ti̇k kritík', error: 'hata', warn: 'uyarı', info: 'bilgi bi̇lgi̇', debug: '', trace: '' },
  {
    fatal: 'критическая критический критично',
    error: 'ошибка сбой',
    warn: 'предупреждение внимание',
    info: 'информация инфо',
    debug: 'отладка',
    trace: '',
  },
  { fatal: 'критична', error: 'помилка', warn: 'попередження увага', info: 'інформація', debug: '', trace: '' },
  { fatal: '', error: 'σφάλμα', warn: 'προειδοποίηση', info: 'πληροφορία', debug: '', trace: '' },
  { fatal: '', error: 'lỗi', warn: '', info: '', debug: '', trace: '' },
  { fatal: '', error: 'galat kesalahan', warn: 'peringatan', info: '', debug: '', trace: '' },
  { fatal: '致命的 重大', error: 'エラー 障害 異常', warn: '警告 注意', info: '情報', debug: 'デバッグ', trace: 'トレース' },
  { fatal: '致命 严重 嚴重', error: '错误 錯誤 异常', warn: '警告 告警', info: '信息 資訊 消息 通知', debug: '调试 除錯', trace: '跟踪' },
  { fatal: '치명적 심각', error: '오류 에러', warn: '경고', info: '정보', debug: '디버그', trace: '추적' },
  { fatal: 'حرج', error: 'خطأ', warn: 'تحذير', info: 'معلومات', debug: '', trace: '' },
  { fatal: '', error: 'שגיאה', warn: 'אזהרה', info: 'מידע', debug: '', trace: '' },
  { fatal: '', error: 'त्रुटि', warn: 'चेतावनी', info: 'सूचना', debug: '', trace: '' },
];

/** Mean a level only where one is expected, behind a time or in brackets: a sentence may begin with them. */
export const weakWords: ReadonlySet<string> = new Set(
  'fail note log system config fine success alert information failure hinweis grave attention falha attenzione uwaga fel hata hiba tiedot blad'.split(
    ' ',
  ),
);

/** Parts of words by which a sentence in such a language says that something failed, or warns: those beside ASCII have no borders to go by. */
export const failureWords = {
  error:
    /ошибк|сбой|не удал(?:ось|ась)|не могу|невозможно|отказано|исключени|помилк|не вдалося|失敗|失败|错误|錯誤|异常|異常|エラー|例外|できません|無法|无法|拒绝|拒絕|실패|오류|에러|예외|할 수 없|błąd|błęd|nie można|nie udało|fehlgeschlagen|ungültig|échec|échou|impossible de|conexión rechazada|falló|não foi possível|selhal|nelze|sikertelen|başarısız|bağlanılamadı|misslyckades|epäonnistui|αποτυχία|σφάλμα|خطأ|فشل|שגיאה|נכשל|त्रुटि|विफल/iu,
  warn: /предупрежд|таймаут|истекло время|повторн\S* попытк|попереджен|警告|タイムアウト|超时|超時|逾時|重试|重試|再試行|시간 ?초과|재시도|경고|ostrzeż|varován|délai d.attente|tiempo de espera|tempo esgotado|zaman aşımı|تحذير/iu,
};

/** What says that nothing of the kind happened: 'без ошибок', '没有错误', 'エラーなし'. */
export const denialWords =
  /(?:без|нет|не было|немає|brak|bez|(?<!\d)0) \p{L}+|(?:没有|沒有|無|无|未发现)(?:任何)?(?:错误|錯誤|异常|異常|失敗|失败|警告)|(?:エラー|異常|例外|失敗|警告)(?:は|数[:：]?)?\s?(?:なし|ありません|0|ゼロ)|(?:오류|에러|예외) ?(?:없|0)/giu;

/** Whole words that deny what comes next. */
export const denyingWords =
  'no without zero any not keine kein keinen ohne sans aucun aucune sin ningún ninguna sem nenhum nenhuma senza nessun nessuna geen zonder inga ingen utan uden uten bez żadnych brak';

/** As `failureWords`, of whole words that have no other letters than ASCII. */
export const plainFailureWords = {
  error:
    'fehler fehlgeschlagen gescheitert verweigert erreur erreurs echec refusee refuse errore errori fallito fallita impossibile rifiutata rifiutato fallo fallido fallida rechazada rechazado erro falha falhou recusada fout mislukt geweigerd chyba hata basarisiz fejl mislykkedes feil virhe hiba eroare galat gagal'
      .split(' ')
      .filter((word) => word !== 'refuse'),
  warn: 'warnung avertissement advertencia aviso avviso waarschuwing varning advarsel varoitus peringatan'.split(' '),
};
