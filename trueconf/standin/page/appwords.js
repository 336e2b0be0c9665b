// The words of the page that plays a doctor's TrueConf app.

const en = {
  title: "TrueConf of",
  about: "This page plays the TrueConf app of a doctor. It is a part of the stand-in: no real TrueConf Server is behind it.",
  status: { 0: "Away", 1: "Online", 2: "Busy", 5: "In a call" },
  busy: "Busy",
  calls: { invite: "Incoming call", auto_invite: "Somebody waits for you in the call", schedule: "Your meeting begins" },
  accept: "Accept",
  decline: "Decline",
  meetings: "Meetings",
  now: "Running now",
  enter: "Enter",
  begin: "Begin now",
  quiet: "Nobody is calling. Leave this page open: calls ring here.",
  over: "The call is over already.",
  gone: "The stand-in does not answer. Trying again…",
};

const ru = {
  title: "TrueConf пользователя",
  about: "Эта страница изображает приложение TrueConf врача. Она часть имитации: настоящего сервера TrueConf за ней нет.",
  status: { 0: "Нет на месте", 1: "В сети", 2: "Занят", 5: "В звонке" },
  busy: "Занят",
  calls: { invite: "Входящий звонок", auto_invite: "Вас ждут в звонке", schedule: "Ваша встреча начинается" },
  accept: "Принять",
  decline: "Отклонить",
  meetings: "Встречи",
  now: "Идёт сейчас",
  enter: "Войти",
  begin: "Начать сейчас",
  quiet: "Никто не звонит. Оставьте страницу открытой: звонки придут сюда.",
  over: "Звонок уже закончился.",
  gone: "Имитация сервера не отвечает. Пробуем снова…",
};

/** pick returns the words of the browser's language and sets the page's. */
export function pick() {
  const code = (navigator.languages ?? [navigator.language]).map((l) => l.slice(0, 2).toLowerCase()).find((l) => l === "en" || l === "ru") ?? "en";
  document.documentElement.lang = code;
  return code === "ru" ? ru : en;
}
