/** Words by which people ask for messages again, or for help, by language. As with refusals, all languages count everywhere. */
export const START_WORDS: Readonly<Record<string, readonly string[]>> = {
  en: ["start", "unstop", "un stop", "yes", "subscribe", "resubscribe", "opt in", "optin", "opt me in", "resume", "restart"],
  es: ["si", "iniciar", "empezar", "comenzar", "reanudar", "suscribir", "suscribirme", "alta"],
  pt: ["sim", "iniciar", "comecar", "retomar", "inscrever", "assinar"],
  fr: ["oui", "commencer", "demarrer", "reprendre", "abonner", "s'abonner", "reabonner"],
  de: ["ja", "starten", "anmelden", "weiter", "fortsetzen"],
  it: ["si", "inizia", "avvia", "riprendi", "iscrivimi"],
  nl: ["ja", "beginnen", "aanmelden", "hervatten"],
  da: ["ja", "tilmeld"], sv: ["ja", "starta"], nb: ["ja", "begynn"], fi: ["kylla", "aloita"],
  pl: ["tak", "wznow"], cs: ["ano", "zacit"], tr: ["evet", "basla", "baslat"], el: ["ναι", "έναρξη"],
  ru: ["старт", "да", "начать", "подписаться", "возобновить"], uk: ["старт", "так", "почати", "підписатися"],
  ar: ["ابدأ", "نعم", "اشترك"], he: ["התחל", "כן"], hi: ["शुरू", "हाँ"],
  zh: ["开始", "開始", "是", "订阅", "訂閱"], ja: ["開始", "はい", "再開", "登録"], ko: ["시작", "예", "네"], vi: ["bat dau", "co"], th: ["เริ่ม", "ใช่"], id: ["mulai", "ya"],
}; // prettier-ignore

export const HELP_WORDS: Readonly<Record<string, readonly string[]>> = {
  en: ["help", "help me", "info", "information", "support", "?"],
  es: ["ayuda", "ayudame", "informacion", "auxilio"],
  pt: ["ajuda", "ajude me", "informacao"],
  fr: ["aide", "aidez moi", "renseignements"],
  de: ["hilfe", "infos", "auskunft"],
  it: ["aiuto", "informazioni"],
  nl: ["hulp", "informatie"],
  da: ["hjaelp"], sv: ["hjalp"], nb: ["hjelp"], fi: ["apua", "ohje"],
  pl: ["pomoc"], cs: ["pomoc"], tr: ["yardim", "bilgi"], el: ["βοήθεια"],
  ru: ["помощь", "инфо", "справка"], uk: ["допомога", "інфо", "довідка"],
  ar: ["مساعدة", "معلومات"], he: ["עזרה", "מידע"], hi: ["मदद", "सहायता"],
  zh: ["帮助", "幫助"], ja: ["ヘルプ", "助けて"], ko: ["도움말", "도움"], vi: ["tro giup"], th: ["ช่วยเหลือ"], id: ["bantuan"],
}; // prettier-ignore

/** What sounds like a refusal wherever it stands. A person decides. */
export const DOUBTFUL_PHRASES: readonly string[] = [
  ...["leave me alone", "wrong number", "wrong person", "not interested", "no longer interested", "who gave you my number", "where did you get my number", "how did you get my number"],
  ...["do not want these", "dont want these", "don't want these", "do not want this", "dont want this", "don't want this", "do not want any", "dont want any", "don't want any", "no longer want", "don't need this", "never signed up", "did not sign up", "didn't sign up", "not sign up"],
  ...["i did not ask", "i didn't ask", "never asked for", "go away", "get lost", "fuck off", "piss off", "harassment", "harassing me", "stop harassing", "block you", "report you", "reported you", "reporting you", "my lawyer", "my attorney", "do not call list", "tcpa", "fcc"],
  ...["take my number", "take my name", "remove my", "delete my", "lose this number", "enough already", "no me interesa", "no quiero", "dejen de", "deje de", "numero equivocado", "ya basta"],
  ...["nao quero", "nao tenho interesse", "numero errado", "pas interesse", "ne veux plus", "ne veux pas", "mauvais numero", "laissez moi", "kein interesse", "nicht mehr", "falsche nummer", "lassen sie mich", "non voglio", "non mi interessa", "non sono interessato"],
]; // prettier-ignore
