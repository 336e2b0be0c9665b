// What the console says of the flow's versions, in Russian.

import type * as en from "./en_flows";

function errors(n: number): string {
  const rule = new Intl.PluralRules("ru").select(n);
  return `${n} ${rule === "one" ? "ошибка" : rule === "few" ? "ошибки" : "ошибок"}`;
}

function talks(n: number): string {
  const rule = new Intl.PluralRules("ru").select(n);
  return `${n} ${rule === "one" ? "беседа" : rule === "few" ? "беседы" : "бесед"}`;
}

export const flows: typeof en.flows = {
  title: "Сценарии",
  loading: "Читаем версии …",
  unread: "Сейчас версии прочитать не удалось.",
  again: "Повторить",
  served: (n) => `Действует версия ${n}.`,
  since: (time, who, note) => `С ${time}, ${who}${note ? `: ${note}` : "."}`,
  how: {
    start: () => "с первого запуска",
    save: () => "после сохранения файлов",
    command: (by) => `опубликовал(а) ${by}`,
    console: (by) => `опубликовал(а) ${by} в консоли`,
    schedule: (by) => `запланировал(а) ${by}`,
    rollback: (by, of) => `снова версия ${of}, вернул(а) ${by}`,
  },
  planned: (time, by) => `На ${time} запланирована другая версия (${by}).`,
  withdraw: "Отменить её можно командой bedside flow publish --withdraw.",
  files: "Что сейчас в файлах",
  clean: "Изменений нет: в файлах то, что действует.",
  changed: "Файлы изменились, ошибок нет. Они начнут действовать после публикации.",
  changedOnSave: "Файлы изменились, ошибок нет. Через мгновение они начнут действовать.",
  broken: (n) => `В файлах ${errors(n)}. Действует прежняя версия.`,
  warned: "На что стоит взглянуть:",
  notLooked: "Читаем файлы …",
  publish: "Опубликовать …",
  publishNow: "Опубликовать",
  publishAsk: "Опубликовать то, что сейчас в файлах?",
  publishMeans: "Новые беседы начнутся с этой версии. Идущие сохранят свою; название, телефоны, часы работы и слова тревоги сразу действуют и для них.",
  note: "Что изменилось и зачем (будет в истории)",
  rollBack: "Вернуть …",
  rollBackNow: "Вернуть",
  rollBackTo: (n) => `Вернуть версию ${n}?`,
  rollBackLabel: (n) => `Вернуть версию ${n}`,
  rollBackMeans: "Она снова начнёт действовать под следующим номером. Файлы останутся как есть.",
  cancel: "Отмена",
  working: "Минуту …",
  done: (n) => `Теперь действует версия ${n}.`,
  refused: {
    not_now: "В ней есть ошибки, и она не действует. Ошибки перечислены ниже.",
    overtaken: "Изменений нет: это и есть то, что действует.",
    unknown: "Такой версии нет.",
    invalid: "Примечание – одна строка не длиннее 300 знаков.",
    offline: "Bedside не отвечает. Ничего не изменилось.",
  },
  failed: "Сейчас не получилось. Повторите, пожалуйста.",
  open: "Открытые беседы",
  openIn: (n, version) => `${version > 0 ? `Версия ${version}` : "Более старая версия"}: ${talks(n)}`,
  none: "Открытых бесед нет.",
  history: "История",
  current: "действует",
  drawing: "Сценарий на рисунке",
  drawingAlt: "Действующий сценарий: части, их шаги и переходы",
  drawingSays: "● открытые беседы, которые стоят здесь · ✕ пациенты, которые недавно ушли на этом вопросе.",
  drawingWhole: "Открыть рисунок отдельно",
};
