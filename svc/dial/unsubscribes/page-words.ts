/** The words of the page to unsubscribe, by language. `{name}` is the tenant, `{program}` what it writes about. */
import type { Language } from "./languages.ts";

export interface PageWords {
  /** The name of the language in itself. */
  language: string;
  title: string;
  question: string;
  /** A button, and what it does. */
  stopProgram: string;
  stopEverything: string;
  stopEverythingMeans: string;
  stoppedTitle: string;
  stoppedProgram: string;
  stoppedEmails: string;
  stoppedEverything: string;
  undo: string;
  undoneTitle: string;
  undone: string;
  unknownTitle: string;
  unknown: string;
  languages: string;
  /** In place of the tenant's and the program's names, if they are not known. */
  sender: string;
  program: string;
}

export const PAGE_WORDS: Readonly<Record<Language, PageWords>> = {
  en: {
    language: "English",
    title: "Unsubscribe",
    question: "Which messages from {name} should stop?",
    stopProgram: "Stop emails: {program}",
    stopEverything: "Stop everything",
    stopEverythingMeans: "No advertising from {name} any more: no emails, no text messages, no calls.",
    stoppedTitle: "You are unsubscribed",
    stoppedProgram: "You get no more emails: {program}.",
    stoppedEmails: "You get no more advertising from {name} by email.",
    stoppedEverything: "You get no more advertising from {name}.",
    undo: "That was a mistake, undo it",
    undoneTitle: "You are subscribed again",
    undone: "Nothing has changed: you get messages from {name} as before.",
    unknownTitle: "This link does not work",
    unknown:
      "It may be incomplete. Please open it from the email once more, or copy the whole of it. Nothing was changed.",
    languages: "Language",
    sender: "the sender",
    program: "this newsletter",
  },
  de: {
    language: "Deutsch",
    title: "Abmelden",
    question: "Welche Nachrichten von {name} sollen aufhören?",
    stopProgram: "Keine E-Mails mehr: {program}",
    stopEverything: "Gar nichts mehr",
    stopEverythingMeans: "Keine Werbung mehr von {name}: keine E-Mails, keine SMS, keine Anrufe.",
    stoppedTitle: "Sie sind abgemeldet",
    stoppedProgram: "Sie erhalten keine E-Mails mehr: {program}.",
    stoppedEmails: "Sie erhalten keine Werbung mehr von {name} per E-Mail.",
    stoppedEverything: "Sie erhalten keine Werbung mehr von {name}.",
    undo: "Das war ein Versehen, rückgängig machen",
    undoneTitle: "Sie sind wieder angemeldet",
    undone: "Es hat sich nichts geändert: Sie erhalten Nachrichten von {name} wie zuvor.",
    unknownTitle: "Dieser Link funktioniert nicht",
    unknown:
      "Vielleicht ist er unvollständig. Bitte öffnen Sie ihn noch einmal aus der E-Mail, oder kopieren Sie ihn ganz. Es wurde nichts geändert.",
    languages: "Sprache",
    sender: "dem Absender",
    program: "dieser Newsletter",
  },
  fr: {
    language: "Français",
    title: "Se désabonner",
    question: "Quels messages de {name} ne souhaitez-vous plus recevoir ?",
    stopProgram: "Plus d’e-mails : {program}",
    stopEverything: "Plus rien du tout",
    stopEverythingMeans: "Plus aucune publicité de {name} : ni e-mails, ni SMS, ni appels.",
    stoppedTitle: "Vous êtes désabonné",
    stoppedProgram: "Vous ne recevrez plus d’e-mails : {program}.",
    stoppedEmails: "Vous ne recevrez plus de publicité de {name} par e-mail.",
    stoppedEverything: "Vous ne recevrez plus de publicité de {name}.",
    undo: "C’était une erreur, annuler",
    undoneTitle: "Vous êtes de nouveau abonné",
    undone: "Rien n’a changé : vous recevez les messages de {name} comme avant.",
    unknownTitle: "Ce lien ne fonctionne pas",
    unknown:
      "Il est peut-être incomplet. Veuillez l’ouvrir de nouveau depuis l’e-mail, ou le copier en entier. Rien n’a été modifié.",
    languages: "Langue",
    sender: "l’expéditeur",
    program: "cette lettre d’information",
  },
  es: {
    language: "Español",
    title: "Darse de baja",
    question: "¿Qué mensajes de {name} ya no quiere recibir?",
    stopProgram: "No más correos: {program}",
    stopEverything: "Nada más",
    stopEverythingMeans: "Ninguna publicidad más de {name}: ni correos, ni SMS, ni llamadas.",
    stoppedTitle: "Se ha dado de baja",
    stoppedProgram: "Ya no recibirá correos: {program}.",
    stoppedEmails: "Ya no recibirá publicidad de {name} por correo.",
    stoppedEverything: "Ya no recibirá publicidad de {name}.",
    undo: "Fue un error, deshacer",
    undoneTitle: "Está suscrito de nuevo",
    undone: "Nada ha cambiado: recibirá los mensajes de {name} como antes.",
    unknownTitle: "Este enlace no funciona",
    unknown: "Quizá esté incompleto. Ábralo de nuevo desde el correo o cópielo entero. No se ha cambiado nada.",
    languages: "Idioma",
    sender: "el remitente",
    program: "este boletín",
  },
};
