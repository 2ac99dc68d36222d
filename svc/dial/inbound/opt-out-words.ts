/**
 * Words by which people refuse text messages, by language: those that laws and carriers prescribe, and those that people use instead.
 * Case, accents, punctuation and invisible characters do not matter. All languages count everywhere, since people answer in their own,
 * whatever the language of the message.
 */

export interface RefusalWords {
  /** They refuse by themselves, even if another sentence or line follows: `STOP. You have the wrong number.` */
  sure: readonly string[];
  /** They refuse only if nothing else is said; in a sentence they mean something else: `END of the month works`. */
  alone: readonly string[];
}

export const REFUSAL_WORDS: Readonly<Record<string, RefusalWords>> = {
  en: {
    sure: [
      ...["stop", "stop all", "stopall", "unsubscribe", "unsubscribed", "unsub", "unsubscribe all", "opt out", "optout", "opt me out"],
      ...["opting out", "remove me", "take me off", "leave me alone", "lose my number", "stop it", "stop this", "stop that", "i want to opt out", "i want to unsubscribe", "i would like to opt out", "i wish to opt out", "i opt out", "delete my number", "stopp", "stp", "sotp", "stpo"],
      ...["unsuscribe", "unsubcribe", "unsubscibe", "unsubsribe", "unscribe"],
    ],
    alone: ["end", "cancel", "quit", "revoke", "remove", "delete", "exit", "arret", "no more", "not interested", "enough"],
  },
  es: {
    sure: ["no mas mensajes", "no me escriban", "no me escriba", "no me manden mensajes", "darme de baja", "dame de baja", "denme de baja", "desuscribir", "desuscribirme"],
    alone: ["alto", "parar", "pare", "paren", "cancelar", "cancele", "baja", "detener", "detenga", "salir", "no mas", "basta", "borrar", "eliminar", "quitar", "terminar", "anular", "fin"],
  },
  pt: {
    sure: ["nao quero mais receber", "nao quero receber", "descadastrar", "descadastre", "cancelar inscricao", "nao me mande mensagens"],
    alone: ["parar", "pare", "parem", "cancelar", "cancela", "cancele", "sair", "remover", "remova", "chega", "excluir"],
  },
  fr: {
    sure: ["desabonner", "desabonnement", "desabonnez moi", "me desabonner", "desinscrire", "desinscription", "desinscrivez moi", "stop pub", "ne m'ecrivez plus", "plus de sms"],
    alone: ["arret", "arrete", "arreter", "arretez", "annuler", "resilier", "retirer", "supprimer", "fin", "stopper"],
  },
  de: {
    sure: ["abmelden", "abbestellen", "keine sms mehr", "keine nachrichten mehr", "austragen", "stoppen", "kein interesse"],
    alone: ["stopp", "ende", "beenden", "aufhoren", "aufhören", "abbrechen", "kundigen", "loschen"],
  },
  it: {
    sure: ["disiscrivi", "disiscrivimi", "cancellami", "cancella iscrizione", "non scrivetemi", "rimuovimi"],
    alone: ["ferma", "fermati", "basta", "cancella", "annulla", "rimuovi", "cancellare", "disdetta"],
  },
  nl: { sure: ["afmelden", "uitschrijven", "geen sms meer"], alone: ["stoppen", "uit", "einde", "afzeggen"] },
  da: { sure: ["afmeld", "frameld"], alone: ["stands", "slut"] },
  sv: { sure: ["avregistrera", "avanmal"], alone: ["stoppa", "sluta", "avsluta"] },
  nb: { sure: ["meld av", "avmeld"], alone: ["stans", "slutt", "avslutt"] },
  fi: { sure: ["peruuta tilaus", "ei viesteja"], alone: ["lopeta", "seis", "peru", "peruuta", "poista"] },
  pl: { sure: ["wypisz", "wypisz mnie", "wypisuje sie", "rezygnuje"], alone: ["koniec", "anuluj", "zatrzymaj"] },
  cs: { sure: ["odhlasit", "odhlaste me", "odhlasuji"], alone: ["konec", "ukoncit", "zrusit"] },
  sk: { sure: ["odhlasit sa", "odhlaste ma"], alone: ["koniec", "zrusit", "ukoncit"] },
  hu: { sure: ["leiratkozas", "leiratkozom"], alone: ["vege", "allj", "torles"] },
  ro: { sure: ["dezabonare", "dezabonati ma", "dezabonez"], alone: ["oprire", "opriti", "anulare"] },
  hr: { sure: ["odjava", "odjavi", "odjavite me"], alone: ["prekini", "prestani"] },
  tr: { sure: ["listeden cik", "beni cikar"], alone: ["iptal", "dur", "ret", "red", "durdur", "cik"] },
  el: { sure: ["διαγραφή", "απεγγραφή"], alone: ["στοπ", "τέλος", "ακύρωση", "σταματήστε", "σταμάτα"] },
  ru: { sure: ["стоп", "отписаться", "отписка", "отпишите", "отпишите меня", "не пишите мне", "не пишите", "отказ от рассылки"], alone: ["отмена", "отказ", "хватит", "прекратить", "прекратите", "конец"] },
  uk: { sure: ["відписатися", "відписатись", "відпишіть мене", "не пишіть мені"], alone: ["відмова", "відміна", "досить", "припинити", "припиніть", "скасувати"] },
  bg: { sure: ["отписване", "отпиши ме"], alone: ["отказ", "спри", "край"] },
  ar: { sure: ["إلغاء الاشتراك", "الغاء الاشتراك", "أوقف الرسائل"], alone: ["توقف", "إيقاف", "ايقاف", "أوقف", "اوقف", "قف", "إلغاء", "الغاء", "ستوب"] },
  fa: { sure: ["لغو اشتراک"], alone: ["لغو", "توقف", "لغو11", "لغو۱۱"] },
  ur: { sure: ["پیغام بند کریں"], alone: ["بند", "بند کرو", "روکیں"] },
  he: { sure: ["הסר", "הסירו אותי", "הסר אותי", "להסיר", "הסרה"], alone: ["עצור", "הפסק", "תפסיקו", "די", "סטופ"] },
  hi: { sure: ["संदेश बंद करें"], alone: ["रोकें", "रोको", "बंद", "बंद करें", "बंद करो", "स्टॉप", "रुको"] },
  zh: { sure: ["退订", "退訂", "取消订阅", "取消訂閱", "停止发送", "停止發送", "拒收", "不要再发", "别再发了"], alone: ["停止", "停", "取消", "td", "t", "结束", "終止"] },
  ja: { sure: ["配信停止", "配信解除", "登録解除", "購読解除", "送らないで", "送らないでください"], alone: ["停止", "解除", "ストップ", "中止", "退会", "やめて", "キャンセル"] },
  ko: { sure: ["수신거부", "수신 거부", "무료수신거부", "보내지 마세요"], alone: ["거부", "중지", "중단", "정지", "해지", "그만", "취소", "스톱", "스탑"] },
  vi: { sure: ["huy dang ky", "tu choi nhan"], alone: ["huy", "hủy", "tc", "tu choi", "dung lai", "dừng", "dừng lại", "ngung"] },
  th: { sure: ["ยกเลิกการรับข้อความ"], alone: ["หยุด", "ยกเลิก", "เลิก", "สต็อป"] },
  id: { sure: ["berhenti berlangganan", "unreg"], alone: ["berhenti", "batal", "henti", "hentikan"] },
  tl: { sure: ["itigil ang text"], alone: ["tigil", "itigil", "hinto", "ihinto", "tama na"] },
  sw: { sure: ["jiondoe"], alone: ["acha", "sitisha", "simama", "ondoa"] },
  ht: { sure: ["pa voye mesaj"], alone: ["sispann", "kanpe", "rete"] },
}; // prettier-ignore

/** Verbs that refuse together with what follows: `stop texting me`, `no more messages`, `do not contact me`. */
export const REFUSING_VERBS: readonly string[] = [
  ...["stop", "quit", "cease", "end", "cancel", "no more", "no", "unsubscribe", "opt out", "opt me out", "unsub", "remove", "remove me", "delete me"],
  ...["take me off", "take me out", "get me off", "exclude me", "do not", "dont", "don't", "never", "i want to stop", "i revoke", "revoke"],
  ...["no mas", "alto a", "ya no quiero", "no quiero mas", "no quiero recibir", "parar de", "nao quero mais", "plus de", "arreter les", "arretez de", "keine"],
]; // prettier-ignore

/** At least one of these must follow such a verb: what is sent, or how. */
export const REFUSED_THINGS: readonly string[] = [
  ...["text", "texts", "texting", "txt", "txts", "txting", "message", "messages", "messaging", "msg", "msgs", "sms", "mms", "spam", "spamming"],
  ...["contact", "contacting", "send", "sending", "sent", "email", "emails", "emailing", "call", "calls", "calling", "bother", "bothering"],
  ...["write", "writing", "subscription", "subscriptions", "list", "lists", "promo", "promos", "promotions", "offers", "ads", "marketing", "alerts", "notifications", "newsletter", "newsletters", "consent"],
  ...["mensaje", "mensajes", "textos", "mensagem", "mensagens", "message", "messages", "nachrichten", "pub", "envoyer", "recibir"],
]; // prettier-ignore

/** Small words around those. */
export const SMALL_WORDS: readonly string[] = [
  ...["me", "my", "mine", "number", "phone", "this", "that", "these", "those", "the", "your", "yours", "all", "any", "more", "from", "to", "of", "on", "off", "for", "with", "it"],
  ...["and", "or", "now", "again", "anymore", "any", "ever", "further", "future", "stupid", "unsolicited", "unwanted", "out", "here", "us", "de", "los", "las", "les", "des", "mehr", "sus", "i", "do", "not", "want", "a"],
]; // prettier-ignore

/** Words around a refusal that change nothing. */
export const POLITENESS: readonly string[] = [
  ...["please", "pls", "plz", "plse", "kindly", "thanks", "thank", "you", "thx", "ty", "tks", "hi", "hello", "hey", "dear", "sir", "madam", "maam", "ma'am", "ok", "okay", "but", "just", "now", "immediately", "asap", "sorry"],
  ...["por", "favor", "porfavor", "gracias", "obrigado", "obrigada", "svp", "merci", "s'il", "vous", "plait", "il", "s", "bitte", "danke", "grazie", "per", "favore", "alstublieft", "bedankt", "tack", "takk", "kiitos"],
  ...["пожалуйста", "спасибо", "дякую", "будь", "ласка", "lutfen", "tesekkurler", "谢谢", "請", "请", "お願いします", "してください", "감사합니다"],
]; // prettier-ignore
