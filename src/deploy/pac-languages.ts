/**
 * What pac says in the language of the machine. It is asked to speak English, which Windows doesn't heed, so that the
 * two things that matter are read in every language that we know words of: that something failed, and that an
 * environment holds no connector. What is in none of them stays undecided, and is never taken for an empty environment.
 */

import { isGuid } from './guid.ts';

/** pac is a .NET program: elsewhere than on Windows it takes its language and the encoding of its output from these. */
export const englishVariables = { LC_ALL: 'en_US.UTF-8', DOTNET_CLI_UI_LANGUAGE: 'en' } as const;

/** "Error", as the label of a message. */
const errorWords: readonly string[] = [
  ...['Error', 'Errorea', 'Fel', 'Fejl', 'Feil', 'Villa', 'Fehler', 'Fout', 'Erreur', 'Erro', 'Errore', 'Eroare'],
  ...['Błąd', 'Chyba', 'Napaka', 'Greška', 'Pogreška', 'Грешка', 'Ошибка', 'Помилка', 'Памылка', 'Қате', 'Hiba'],
  ...['Virhe', 'Viga', 'Tõrge', 'Kļūda', 'Klaida', 'Σφάλμα', 'Hata', 'Xəta', 'שגיאה', 'خطأ', 'خطا', 'त्रुटि'],
  ...['ข้อผิดพลาด', 'Lỗi', 'Kesalahan', 'Galat', 'Ralat', 'エラー', '오류', '错误', '錯誤'],
];

const errorLine = new RegExp(
  `^[ \\t]*(?:(?:${errorWords.join('|')})[ \\u00a0\\u202f]?[:：]|Sorry, the app encountered a non recoverable error).*`,
  'imu',
);

/** A word for "no" or "none" in front of a word for "connector", with one word between them at most. */
const noneBefore: readonly (readonly [none: string, connector: string])[] = [
  ['no|0|zero', 'connector'],
  ['inga|ingen', 'anslutningsprogram|anslutning|koppling|connector'],
  ['ingen|ikke nogen|ikke noen', 'connector|forbindelse|kobling|tilkobling|tilslutning'],
  ['keine?|keinerlei', 'connector|konnektor|verbinder'],
  ['geen', 'connector|verbindingslijn'],
  ['aucuns?|pas de', 'connecteur'],
  ['no hay|ningún|no existen|no se encontraron|no se han encontrado', 'conector'],
  ['no hi ha|cap', 'connector'],
  ['não há|nenhum|não existem|não foram encontrados', 'conector'],
  ['non ci sono|nessun|non esistono|non sono presenti|non sono stati trovati', 'connettor'],
  ['nu există|niciun|nu s-au găsit|nu sunt', 'conector'],
  ['brak|nie ma|nie znaleziono|żadnych', 'łącznik|konektor'],
  ['žádn(?:é|ý|ých)|nejsou|neobsahuje', 'konektor|spojnic'],
  ['žiadn(?:e|y|ych)|nie sú', 'konektor|spojnic'],
  ['ni|nobenega', 'konektor|povezovalnik'],
  ['nema|nijedan', 'poveznik|konektor|priključ'],
  ['няма', 'конектор|съединител'],
  ['нет|отсутствуют|не найдено|не найдены', 'соединител|коннектор'],
  ['немає|відсутні|не знайдено', "з['’ʼ]єднувач|сполучник|конектор"],
  ['nincs|nincsenek', 'összekötő|csatlakozó'],
  ['ei ole|ei löytynyt', 'yhdisti|yhdistämi|liitin|liittimi'],
  ['nav', 'savienotāj'],
  ['nėra', 'jungč|jungt'],
  ['δεν υπάρχουν|δεν βρέθηκαν', 'σύνδεσμο|συνδέσεις|γραμμές σύνδεσης'],
  ['אין|לא נמצאו', 'מחבר'],
  ['لا توجد|لا يوجد|لم يتم العثور على', 'موصل'],
  ['không có|không tìm thấy', '(?:bộ |trình |đầu )?kết nối'],
  ['tidak ada|tiada', 'konektor|penyambung'],
];

/** The other order, and languages that put no blanks between words: nothing may come between the two. */
const noneBehind: readonly string[] = [
  'connectors? (?:(?:were|was|have been) )?(?:not|none) found',
  '(?:соединител|коннектор)\\p{L}{0,3} (?:нет|не найден|отсутств)',
  'konektor\\p{L}{0,3} (?:nebyl|neboli|nejsou|nie sú|ni mogoče najti)',
  'összekötő(?:k|t)? (?:nincs|nem található)',
  'yhdisti\\p{L}{1,4} ei (?:ole|löyt)',
  'bağlayıcı(?:lar)? (?:yok|bulunmuyor|bulunmamaktadır|bulunamadı)',
  'コネクタ[ーはがも]{0,2}(?:[1１一]つも)?(?:ありません|存在しません|見つかりません|見つかりませんでした)',
  '커넥터(?:가|는|를)? ?(?:없습니다|찾을 수 없습니다|존재하지 않습니다)',
  '(?:没有|沒有|无|無|未找到|找不到)(?:任何|可用的?|自定义|自訂){0,2} ?(?:连接器|連接器|連接子|连接符)(?!的|权限|權限|访问|存取)',
  'ไม่(?:มี|พบ)ตัวเชื่อมต่อ',
];

// a longer word is another one: "keine Connectorberechtigung" is not an empty list
const nothingThere = new RegExp(
  [
    ...noneBefore.map(
      ([none, connector]) =>
        `(?<![\\p{L}\\d])(?:${none}) (?:\\p{L}{1,20} )?(?:${connector})\\p{L}{0,4}(?!\\p{L})(?! (?:access|permission))`,
    ),
    ...noneBehind,
  ].join('|'),
  'iu',
);

/** Whether a line ends with who is signed in: an address, or the id of an application. */
function endsWithUser(line: string): boolean {
  const last = line.split(' ').at(-1) ?? '';
  return isGuid(last) || /^[^@]+@[^@]+$/.test(last);
}

/** The line in which a program of any language says that it failed, trimmed. @param output without colours */
export const errorLineOf = (output: string): string | undefined =>
  errorLine.exec(withoutConnection(output.split(/\r?\n/)).join('\n'))?.[0].trim();

/** Whether a line says that there are no connectors. */
export const saysNoConnectors = (line: string): boolean => nothingThere.test(line.replaceAll(/[\s\u00a0]+/g, ' '));

/**
 * Without the lines that tell where and as whom pac is signed in ("Connected to... NAME", "Connected as USER"): an
 * environment may be called anything, on the same line or on one of its own.
 */
export function withoutConnection(lines: readonly string[]): string[] {
  const rest = [...lines];
  const place = rest.findIndex((line) => /^[^\d|"{[\]}:：]{2,40}?(?:\.\.\.|…)/u.test(line) && !/\s{2}\S+$/.test(line));
  if (place >= 0) {
    const isNameBelow = /(?:\.\.\.|…)\s*$/.test(rest[place] ?? '');
    rest.splice(place, isNameBelow ? 2 : 1);
    const user = rest[place]?.trim() ?? '';
    if (endsWithUser(user) && !/\s{2}/.test(user) && !errorLine.test(user)) rest.splice(place, 1);
  }
  return rest.filter((line) => !/^\s*Connected (?:as|to)\b/i.test(line));
}
