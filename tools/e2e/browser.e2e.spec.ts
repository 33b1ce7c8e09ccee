import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { aPng, eventually } from '@lokmin/testing';
import { findChromium } from '@lokmin/engines';
import { Secret, TOTP } from 'otpauth';
import pg from 'pg';
import { readSheet } from 'read-excel-file/node';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { aRunningDemonstration, type Demonstration } from './demonstration.ts';

/** The same path as in spine.e2e.spec.ts, by hand: every person in a browser of their own, on the screens they use. */
const DISTRICT = '/kabupaten/19.06?periode=2024-12';
const MANGGAR = '/puskesmas/1012406?periode=2024-12';
const OFFICE = { width: 1366, height: 768 };
const PHONE = { width: 360, height: 640 };
/** Against hanging: another system may be under test beside this one. */
const PATIENCE_MS = 45_000;

let demonstration: Demonstration;
let browser: Browser;
const complaints: string[] = [];

beforeAll(async () => {
  demonstration = await aRunningDemonstration();
  const found = await findChromium();
  browser = await chromium.launch({
    executablePath: found.path,
    args: found.arguments,
    env: { ...(process.env as Record<string, string>), ...found.environment },
  });
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await demonstration?.stop();
}, 60_000);

/** Opens a page as a person; the deep link survives the sign-in. `openSignIn` leaves what comes after the password. */
async function openSignIn(login: string, path: string, viewport = OFFICE): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'id-ID', timezoneId: 'Asia/Jakarta' });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(`${login}: ${error.message}`));
  page.on(
    'console',
    (message) => message.type() === 'error' && complaints.push(`${login}: ${message.text()}`),
  );
  await page.goto(demonstration.system.address + path);
  await page.getByLabel('Nama pengguna').fill(login);
  await page
    .getByLabel('Kata sandi', { exact: false })
    .first()
    .fill(demonstration.system.secrets.demoPassword);
  await page.getByRole('button', { name: 'Masuk' }).click();
  return page;
}
async function open(login: string, path: string, viewport = OFFICE): Promise<Page> {
  const page = await openSignIn(login, path, viewport);
  await page
    .getByRole('button', { name: 'Keluar' })
    .or(page.getByRole('button', { name: 'Menu' }))
    .first()
    .waitFor();
  return page;
}
/** A day on the clocks of Belitung, so many days from now. */
const dayInJakarta = (days: number) =>
  new Date(Date.now() + (24 * days + 7) * 3_600_000).toISOString().slice(0, 10);
/** A due day, which has to lie ahead and within five years. */
const NEXT_MONTH = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const row = (page: Page) => page.getByTestId('puskesmas-1012406');
const says = (where: Locator, text: string | RegExp) => where.filter({ hasText: text }).first().waitFor();
const redCount = async (page: Page) =>
  Number(/(\d+)/.exec((await row(page).locator('td').nth(1).innerText()) ?? '')![1]);

/** Serious faults of accessibility, by axe. */
async function faults(page: Page): Promise<string[]> {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axe);
  return page.evaluate(async () => {
    // What is still fading in has the colours of neither state.
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
    const { violations } = await (
      globalThis as unknown as {
        axe: {
          run(): Promise<{ violations: { id: string; impact: string; nodes: { target: unknown }[] }[] }>;
        };
      }
    ).axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${JSON.stringify(nodes[0]!.target)}`);
  });
}
/** What a camera writes beside a picture, and nobody is to read. */
const PLACE = 'GPS 2.87 S, 108.28 E';
/** A photo as JPEG, drawn by the browser, with a note of its place as cameras add it. */
async function aPhoto(page: Page, width: number, height: number): Promise<Buffer> {
  const drawn = await page.evaluate(
    ([width, height]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      canvas.getContext('2d')!.fillRect(0, 0, 100, 100);
      return canvas.toDataURL('image/jpeg').split(',')[1]!;
    },
    [width, height] as const,
  );
  const jpeg = Buffer.from(drawn, 'base64');
  const note = Buffer.from(`\0\0${PLACE}`);
  note.writeUInt16BE(note.length);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from('fffe', 'hex'), note, jpeg.subarray(2)]);
}
/** A picture as PNG, with a note of its place. */
const aPicture = (width: number, height: number): Buffer =>
  aPng(width, height, { tEXt: Buffer.from(`Comment\0${PLACE}`) });
/** Width and height, from the frame header of a JPEG. */
function sizeOfJpeg(content: Buffer): [number, number] {
  let at = 2;
  while (![0xc0, 0xc2].includes(content[at + 1]!)) at += 2 + content.readUInt16BE(at + 2);
  return [content.readUInt16BE(at + 7), content.readUInt16BE(at + 5)];
}
const sidewaysScroll = (page: Page) =>
  page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
/** What appears where nobody looks has not been said: waits until it begins in the window, and ends there when it is short. */
const inSight = async (page: Page, what: Locator) => {
  await what.waitFor();
  const element = await what.elementHandle();
  await page.waitForFunction((element) => {
    const { top, bottom, height } = element!.getBoundingClientRect();
    return top >= 0 && top < innerHeight && (bottom <= innerHeight + 1 || height > innerHeight);
  }, element);
};

describe('in the browser', () => {
  let district: Page;
  let before: number;

  it('a district officer sees every puskesmas with its counts, worst indicators and actions', async () => {
    district = await open('dinas', DISTRICT);
    await says(district.getByTestId('district-rows'), 'Puskesmas Manggar');
    expect(await district.getByTestId('district-rows').locator('tbody tr').count()).toBe(7);
    await says(district.locator('main'), '7 dari 7 puskesmas');
    await says(district.locator('main'), 'Profil Kesehatan 2024');
    for (const word of ['Kurang', 'Cukup', 'Baik', 'Tanpa target', 'Tanpa data'])
      await says(district.locator('main'), word);
    await says(row(district), 'Diajukan');
    before = await redCount(district);
    expect(before).toBeGreaterThan(3);
  });

  it('drills down to one indicator and the counts behind it', async () => {
    const page = await open('dinas', DISTRICT);
    await row(page).getByRole('link', { name: 'Puskesmas Manggar' }).click();
    await page.getByTestId('result-KIA-K1').getByRole('link').first().click();
    await page.waitForURL(/indikator\/KIA-K1/);
    await says(page.locator('main'), '79,51');
    await says(page.locator('main'), '551');
    await says(page.locator('main'), '693');
    await page.context().close();
  });

  it('an evaluation is returned with a compulsory reason, and the open district page changes by itself', async () => {
    const page = await open('dinas', MANGGAR);
    await page.getByRole('button', { name: 'Kembalikan evaluasi' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Kembalikan evaluasi' }).click();
    await says(dialog, 'Tuliskan alasannya');
    await dialog.getByLabel('Alasan (wajib)').fill('K1 berbeda dari register kohort');
    await dialog.getByRole('button', { name: 'Kembalikan evaluasi' }).click();
    await says(page.locator('main'), 'telah dikembalikan');
    await says(row(district), 'Dikembalikan');
    await page.context().close();
  });

  it('a programme holder corrects a count on a phone', async () => {
    const page = await open('kia.manggar', '/puskesmas/1012406/indikator/KIA-K1?periode=2024-12', PHONE);
    const form = page.getByRole('form', { name: /Isi nilai/ });
    await form.getByRole('textbox', { name: /Pembilang/ }).fill('1.234');
    await form.getByRole('button', { name: 'Simpan nilai' }).click();
    await says(form, 'dapat berarti dua hal');
    await form.getByRole('textbox', { name: /Pembilang/ }).fill('640');
    await form.getByRole('button', { name: 'Simpan nilai' }).click();
    await says(page.locator('main'), 'nilai disimpan');
    await says(page.locator('main'), '92,35');
    expect(await sidewaysScroll(page)).toBe(0);
    await page.context().close();
  });

  it('a programme holder pastes counts from a spreadsheet, and sees at once what the service says after', async () => {
    const page = await open('kia.manggar', '/puskesmas/1012406/isi?periode=2024-12', OFFICE);
    const cell = page.getByLabel('Cakupan kunjungan nifas pertama (KF1), Pembilang', { exact: true });
    await cell.waitFor();
    await cell.evaluate((input) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', '515\t693\n520\t693\n');
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await says(page.getByTestId('result-KIA-KF1'), '74,31');
    await says(page.getByTestId('sheet'), '(520) lebih tinggi daripada');
    await page.getByLabel('Cakupan kunjungan nifas lengkap (KF lengkap), Pembilang').fill('505');
    await page.reload(); // what is typed stays on the device
    await says(page.getByTestId('result-KIA-KF1'), '74,31');
    await page.getByRole('button', { name: 'Simpan 1 perubahan' }).click();
    await says(page.locator('main'), '1 nilai disimpan');
    await page.goto(demonstration.system.address + '/puskesmas/1012406/indikator/KIA-KF1?periode=2024-12');
    await says(page.locator('main'), '74,31');
    await page.context().close();
  });

  it('the head submits again, readies a proposal with owner and due date, and the district sees it', async () => {
    const page = await open('kapus.manggar', MANGGAR);
    await page.getByRole('button', { name: 'Ajukan kembali' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ajukan kembali' }).click();
    await says(page.locator('main'), 'telah diajukan');
    await says(row(district), 'Diajukan');
    await expect(redCount(district)).resolves.toBe(before - 1);

    await page
      .getByRole('button', { name: /^Siapkan: .*K4/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    const owner = dialog.getByLabel('Penanggung jawab');
    await owner.locator('option', { hasText: 'Pemegang Program KIA Manggar' }).waitFor({ state: 'attached' });
    await owner.selectOption({ label: 'Pemegang Program KIA Manggar (Pemegang Program KIA Manggar)' });
    await dialog.getByLabel('Tenggat').fill(NEXT_MONTH);
    await dialog.getByLabel('Rumusan kegiatan').fill('Sweeping ibu hamil\n  yang belum K4');
    await dialog.getByRole('button', { name: 'Simpan RTL' }).click();
    await says(page.locator('main'), 'RTL siap: Sweeping ibu hamil');
    await says(row(district).locator('td').last(), /Terbuka\s*1/);
    await page.context().close();
  });

  it('the owner finds it in the inbox, reports progress and completes it', async () => {
    const page = await open('kia.manggar', '/kotak-masuk', PHONE);
    await page.locator('[data-kind="action.readied"]').getByRole('link').click();
    await says(page.locator('h1'), 'Sweeping ibu hamil yang belum K4');
    expect(await page.locator('h1').textContent()).toBe('Sweeping ibu hamil yang belum K4');
    const report = page.getByRole('form', { name: 'Laporkan kemajuan' });
    await report.getByLabel(/Kemajuan/).fill('60');
    await report.getByLabel('Yang sudah dilakukan').fill('Tiga desa selesai');
    // A photo of 2000 x 1500 pixels that calls itself a PDF, and what cannot be sent.
    const evidence = page.getByRole('region', { name: 'Bukti (foto atau PDF)' });
    const choose = evidence.locator('input[type=file]');
    await choose.setInputFiles([
      { name: 'Sweeping desa.pdf', mimeType: 'application/pdf', buffer: await aPhoto(page, 2000, 1500) },
      { name: 'foto.heic', mimeType: 'image/heic', buffer: Buffer.from('no picture') },
      { name: 'kosong.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
    ]);
    await says(evidence.getByTestId('evidence-chosen'), 'Sweeping desa.jpg');
    await report.getByRole('button', { name: 'Simpan kemajuan' }).click();
    await says(evidence, 'Bukan PDF dan bukan foto yang dapat dibaca peramban ini');
    await says(evidence, 'Berkas ini kosong');
    const hindering = report.getByRole('alert');
    await says(hindering, 'foto.heic');
    await inSight(page, hindering);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await faults(page)).toEqual([]);
    for (const name of ['foto.heic', 'kosong.pdf'])
      await evidence.getByRole('button', { name: `Batalkan ${name}` }).click();
    await report.getByRole('button', { name: 'Simpan kemajuan' }).click();
    await says(page.locator('main'), 'Kemajuan 60 %');
    await expect(evidence.getByTestId('evidence-chosen').count()).resolves.toBe(0);
    const entry = page.getByTestId('history').locator('li', { hasText: 'Tiga desa selesai' });
    await entry.scrollIntoViewIfNeeded(); // pictures are fetched when one comes near them
    await entry.locator('.thumbnail img').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      entry.getByRole('button', { name: 'Simpan Sweeping desa.jpg' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('Sweeping desa.jpg');
    const saved = readFileSync(await download.path());
    expect(saved.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    expect(sizeOfJpeg(saved)).toEqual([1600, 1200]);
    expect(saved.includes('GPS')).toBe(false);
    expect(await sidewaysScroll(page)).toBe(0);
    const complete = page.getByRole('form', { name: 'Selesaikan' });
    await complete.getByLabel('Hasil kegiatan').fill('Semua desa selesai');
    // A file that cannot be sent is named beside the button before anything is asked.
    await choose.setInputFiles([
      { name: 'semua desa.png', mimeType: 'image/png', buffer: aPicture(40, 30) },
      { name: 'lampiran.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') },
    ]);
    await says(evidence.locator('li', { hasText: 'lampiran.pdf' }), 'Bukan PDF');
    await complete.getByRole('button', { name: 'Selesaikan' }).click();
    await says(complete.getByRole('alert'), 'lampiran.pdf');
    const asked = page.getByRole('dialog');
    expect(await asked.count()).toBe(0);
    await inSight(page, complete.getByRole('alert'));
    await complete.getByRole('button', { name: 'Hapus berkas ini: lampiran.pdf' }).click();
    await complete.getByRole('alert').waitFor({ state: 'hidden' });
    await complete.getByRole('button', { name: 'Selesaikan' }).click();
    await says(asked, 'Bukti yang disertakan: 1 berkas');
    await asked.getByRole('button', { name: 'Nyatakan selesai' }).click();
    await says(page.locator('main'), 'RTL dinyatakan selesai');
    const completed = page.getByTestId('history').locator('li', { hasText: 'Semua desa selesai' });
    await completed.scrollIntoViewIfNeeded();
    const [picture] = await Promise.all([
      page.waitForEvent('download'),
      completed.getByRole('button', { name: 'Simpan semua desa.png' }).click(),
    ]);
    const png = readFileSync(await picture.path());
    expect([png.subarray(1, 4).toString(), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
      'PNG',
      40,
      30,
    ]);
    expect(png.includes('GPS')).toBe(false);
    await says(row(district).locator('td').last(), /Terbuka\s*0/);
    expect(await sidewaysScroll(page)).toBe(0);
    await page.context().close();
  });

  it('a file with a wrong row is refused with its row, and the right one goes in', async () => {
    const page = await open('kia.manggar', '/impor');
    const send = async (rows: string) => {
      await page.locator('input[type=file]').setInputFiles({
        name: 'oktober.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(`period,puskesmas_reg_code,indicator_code,numerator,denominator\n${rows}\n`),
      });
      await page.getByRole('button', { name: 'Periksa berkas' }).click();
    };
    await send('2024-10,1012406,KIA-K1,40,700\n2024-10,1012406,KIA-K4,#DIV/0!,700');
    await says(page.locator('main'), '1 kesalahan; tidak ada yang disimpan');
    await says(page.locator('main'), 'Rumus di lembar asal gagal');
    await send('2024-10,1012406,KIA-K1,40,700\n2024-10,1012406,KIA-K4,30,700');
    await says(page.locator('main'), 'belum ada yang disimpan');
    await says(page.getByTestId('import-changes'), 'KIA-K4');
    await page.getByRole('button', { name: /^Simpan \d+ perubahan$/ }).click();
    await says(page.locator('main'), 'diterima');
    await page.context().close();
  });

  describe('a monthly meeting', () => {
    const DENDANG = '/puskesmas/1012402/lokmin';
    let arranging: Page;
    let meeting: string;
    const agenda = (page: Page, kind: string) => page.getByTestId(`agenda-${kind}`).locator('li');
    const dialog = (page: Page) => page.getByRole('dialog');
    /** Looks at a screen at a desk and on a phone. */
    async function isSound(page: Page, screen: string): Promise<void> {
      for (const viewport of [PHONE, OFFICE]) {
        await page.setViewportSize(viewport);
        expect([screen, viewport.width, await faults(page), await sidewaysScroll(page)]).toEqual([
          screen,
          viewport.width,
          [],
          0,
        ]);
      }
    }

    it('is scheduled by the head of administration, who adds a topic', async () => {
      arranging = await open('ktu.dendang', DENDANG);
      await arranging.getByRole('button', { name: 'Jadwalkan lokakarya mini' }).click();
      const form = dialog(arranging);
      await form.getByRole('button', { name: 'Jadwalkan', exact: true }).click();
      await says(form, 'wajib');
      await form.getByLabel('Data yang dibahas').selectOption({ label: 'Desember 2024' });
      await form.getByLabel('Waktu mulai (WIB)').fill('09:30');
      await form.getByLabel('Tempat').fill(`Aula ${'y'.repeat(190)}`);
      await arranging.setViewportSize(PHONE);
      await form.getByLabel('Tanggal').fill('2099-01-01');
      await form.getByRole('button', { name: 'Jadwalkan', exact: true }).click();
      await inSight(arranging, form.getByRole('alert'));
      await form.getByLabel('Tanggal').fill(dayInJakarta(1));
      await isSound(arranging, 'schedule');
      await form.getByRole('button', { name: 'Jadwalkan', exact: true }).click();
      await says(arranging.getByTestId('meetings'), '09.30 WIB');
      await isSound(arranging, 'meetings');
      const line = district.getByTestId('puskesmas-1012402').getByTestId('meeting-status');
      await says(line, 'Terjadwal');

      await arranging.getByTestId('meetings').getByRole('link').first().click();
      await says(arranging.locator('main'), 'Usulan RTL');
      meeting = new URL(arranging.url()).pathname;
      await arranging.getByLabel('Topik baru').fill('Persiapan akreditasi');
      await arranging.getByRole('button', { name: 'Tambah topik' }).click();
      await says(agenda(arranging, 'TOPIC'), 'Persiapan akreditasi');
      await isSound(arranging, 'scheduled');
    });

    it('is not opened before its day: the page says which, and it can be moved', async () => {
      await arranging.getByRole('button', { name: 'Buka pertemuan' }).click();
      const reason = dialog(arranging).getByRole('alert');
      await says(reason, '09.30 WIB dan baru dapat dibuka pada hari itu');
      await dialog(arranging).getByRole('button', { name: 'Buka pertemuan' }).click();
      expect(await reason.evaluate((element) => element === document.activeElement)).toBe(true);
      await dialog(arranging).getByRole('button', { name: 'Batal' }).click();
      await arranging.getByRole('button', { name: 'Pindahkan jadwal' }).click();
      await dialog(arranging).getByLabel('Tanggal').fill(dayInJakarta(0));
      await dialog(arranging).getByRole('button', { name: 'Simpan jadwal' }).click();
      await says(arranging.locator('main'), 'Jadwal dipindahkan');
    });

    it('opened by mistake, is cancelled and scheduled again', async () => {
      const page = await open('kapus.dendang', meeting);
      await page.getByRole('button', { name: 'Buka pertemuan' }).click();
      await dialog(page).getByRole('button', { name: 'Buka pertemuan' }).click();
      await says(page.locator('main'), 'Dibuka karena keliru?');
      await page.getByRole('button', { name: 'Batalkan pertemuan' }).click();
      await dialog(page).getByLabel('Alasan (wajib)').fill('Salah tekan.');
      await dialog(page).getByRole('button', { name: 'Batalkan pertemuan' }).click();
      await says(page.locator('main'), 'Pertemuan dibatalkan');
      await page.goto(demonstration.system.address + DENDANG);
      await page.getByRole('button', { name: 'Jadwalkan lokakarya mini' }).click();
      const form = dialog(page);
      await form.getByLabel('Data yang dibahas').selectOption({ label: 'Desember 2024' });
      await form.getByLabel('Tanggal').fill(dayInJakarta(0));
      await form.getByLabel('Waktu mulai (WIB)').fill('09:30');
      await form.getByLabel('Tempat').fill('Aula Puskesmas Dendang');
      await form.getByRole('button', { name: 'Jadwalkan', exact: true }).click();
      await says(page.getByTestId('meetings'), 'Terjadwal');
      await page.context().close();
      await says(arranging.locator('main'), 'Terjadwal');
    });

    it('is opened by the head; what another types meanwhile stays', async () => {
      await arranging.getByLabel('Topik baru').fill('Jadwal posyandu');
      const page = await open('kapus.dendang', meeting);
      await page.getByRole('button', { name: 'Buka pertemuan' }).click();
      await says(dialog(page), 'dibekukan');
      await dialog(page).getByRole('button', { name: 'Buka pertemuan' }).click();
      await says(page.locator('main'), 'Pertemuan dibuka');
      await page.context().close();
      await says(arranging.locator('h2'), 'Daftar hadir');
      expect(await arranging.getByLabel('Topik baru').inputValue()).toBe('Jadwal posyandu');
      await arranging.getByRole('button', { name: 'Tambah topik' }).click();
      await says(agenda(arranging, 'TOPIC'), 'Jadwal posyandu');
    });

    it('says at once all that keeps it from being concluded, and says it again in sight', async () => {
      await arranging.setViewportSize(PHONE);
      const agree = await agenda(arranging, 'PROPOSAL').first().getByRole('button').first().boundingBox();
      expect(agree!.height).toBeGreaterThan(38); // for a thumb
      await arranging.getByRole('button', { name: 'Tutup pertemuan' }).click();
      const reasons = dialog(arranging).getByRole('alert');
      await says(reasons, 'Belum ada yang dicatat hadir');
      await says(reasons, /\d+ usulan belum diputuskan/);
      await dialog(arranging).getByRole('button', { name: 'Tutup pertemuan' }).click();
      await inSight(arranging, reasons);
      expect(await reasons.evaluate((element) => element === document.activeElement)).toBe(true);
      await dialog(arranging).getByRole('button', { name: 'Batal' }).click();
      await arranging.setViewportSize(OFFICE);
    });

    it('stays as wide as the screen with words that have no end', async () => {
      await arranging.getByLabel('Topik baru').fill('t'.repeat(500));
      await arranging.getByRole('button', { name: 'Tambah topik' }).click();
      const topic = agenda(arranging, 'TOPIC').last();
      await says(topic, 'ttt');
      await topic.getByRole('textbox').fill('x'.repeat(3900));
      await topic.getByRole('button', { name: 'Dicatat' }).click();
      await topic.getByRole('button', { name: 'Dicatat', pressed: true }).waitFor();
      await isSound(arranging, 'endless words');
      await topic.getByRole('textbox').fill('z'.repeat(3900)); // not saved: named in the dialog
      await arranging.getByRole('button', { name: 'Tutup pertemuan' }).click();
      await says(dialog(arranging), 'belum disimpan');
      await isSound(arranging, 'endless words in a dialog');
      await dialog(arranging).getByRole('button', { name: 'Batal' }).click();
      await topic.getByRole('textbox').fill('x'.repeat(3900));
    });

    it('records who is there by one tap each, and decides at the same time from another screen', async () => {
      const page = await open('kapus.dendang', meeting);
      const people = arranging.getByTestId('attendance').locator('li');
      await people.first().getByRole('button', { name: 'Izin' }).click();
      await people.nth(1).getByRole('button', { name: 'Hadir', exact: true }).click();
      await arranging.getByRole('button', { name: 'Semua yang belum dicatat hadir' }).click();
      await arranging.getByLabel('Nama tamu').fill('Sekretaris Kecamatan');
      await arranging.getByLabel('Asal tamu').fill('Kecamatan Dendang');
      await arranging.getByRole('button', { name: 'Tambah tamu' }).click();
      const invited = await people.count();
      await says(arranging.getByTestId('present'), `${invited} dari ${invited + 1} hadir`);

      // This screen has seen none of the taps: a decision about what nobody else touched goes through all the same.
      const proposals = agenda(page, 'PROPOSAL');
      const first = proposals.first();
      await first.getByRole('textbox').fill('Kader menyisir dari rumah ke rumah');
      await first.getByRole('button', { name: 'Sepakati' }).click();
      await first.getByRole('button', { name: 'Sepakati', pressed: true }).waitFor();
      await proposals.nth(1).getByRole('button', { name: 'Sepakati' }).click();
      await proposals.nth(1).getByRole('button', { name: 'Sepakati', pressed: true }).waitFor();
      for (const proposal of (await proposals.all()).slice(2)) {
        await proposal.getByRole('button', { name: 'Tunda' }).click();
        await proposal.getByRole('button', { name: 'Tunda', pressed: true }).waitFor();
      }
      await first.getByRole('button', { name: /^Siapkan/ }).click();
      const owner = dialog(page).getByLabel('Penanggung jawab');
      await owner.locator('option', { hasText: 'KIA Dendang' }).first().waitFor({ state: 'attached' });
      await owner.selectOption({ index: 1 });
      await dialog(page).getByLabel('Tenggat').fill(NEXT_MONTH);
      await dialog(page).getByRole('button', { name: 'Simpan RTL' }).click();
      await says(first.locator('.mark'), 'Siap');
      await isSound(page, 'opened');
      await page.context().close();
    });

    it('is not concluded over an unsaved discussion; then names what is agreed and what still lacks an owner', async () => {
      const topic = agenda(arranging, 'TOPIC').first();
      await topic.getByRole('textbox').fill('Tim dibentuk');
      await arranging.getByRole('button', { name: 'Tutup pertemuan' }).click();
      await says(dialog(arranging), 'belum disimpan');
      await dialog(arranging).getByRole('button', { name: 'Tutup pertemuan' }).click();
      await dialog(arranging).getByRole('button', { name: 'Batal' }).click();
      await topic.getByRole('button', { name: 'Dicatat' }).click();
      await topic.getByRole('button', { name: 'Dicatat', pressed: true }).waitFor();
      await arranging.getByLabel('Catatan pertemuan').fill('Dihadiri kecamatan.');
      await arranging.getByRole('button', { name: 'Simpan catatan' }).click();
      await says(arranging.locator('main'), 'Catatan disimpan');
      await arranging.getByRole('button', { name: 'Tutup pertemuan' }).click();
      await says(dialog(arranging), '2 RTL disepakati');
      await says(dialog(arranging), 'Masih perlu penanggung jawab');
      await isSound(arranging, 'conclude');
      await dialog(arranging).getByRole('button', { name: 'Tutup pertemuan' }).click();
      await says(arranging.locator('h1'), 'Notulen lokakarya mini');
      await says(agenda(arranging, 'TOPIC'), 'Tim dibentuk');
      expect(await arranging.getByRole('button', { name: 'Sahkan notulen' }).count()).toBe(0);
      const line = district.getByTestId('puskesmas-1012402');
      await says(line, 'Notulen belum disahkan');
      await says(line, /Perlu dilengkapi\s*1/);
    });

    it('has its minutes signed by the head; the actions lead back to it', async () => {
      const page = await open('kapus.dendang', meeting);
      await page.getByRole('button', { name: 'Sahkan notulen' }).click();
      await dialog(page).getByRole('button', { name: 'Sahkan notulen' }).click();
      await says(page.getByTestId('signed'), 'Kepala Puskesmas Dendang');
      await isSound(page, 'signed');
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Unduh notulen (PDF)' }).click();
      expect((await download).suggestedFilename()).toMatch(/^notulen-1012402-\d{4}-\d{2}\.pdf$/);
      await says(district.getByTestId('puskesmas-1012402'), 'Notulen disahkan');
      await says(district.getByTestId('held'), '1 dari 7');
      await agenda(page, 'PROPOSAL').nth(1).getByRole('link').click();
      await says(page.locator('main'), 'Perlu dilengkapi');
      await says(page.getByTestId('history'), 'Disepakati dalam lokakarya mini');
      await page.getByRole('link', { name: 'Disepakati', exact: true }).click();
      await says(page.locator('h1'), 'Notulen lokakarya mini');
      await page.context().close();
      await arranging.context().close();
    });
  });

  it('keeps a long name and post within the head of the page', async () => {
    const page = await open('ptm.simpang-pesak', '/rtl');
    const name = page.getByTestId('viewer').getByRole('link');
    const shown = () =>
      name.evaluate((link) => ({
        isCut: link.scrollHeight > link.clientHeight,
        fits: link.scrollWidth <= link.clientWidth && link.clientHeight < 40,
        inFull: link.getAttribute('title')!.includes(link.textContent!),
      }));
    expect(await shown()).toEqual({ isCut: true, fits: true, inFull: true });
    await name.evaluate((link) => (link.textContent = 'Kepala '.repeat(20) + 'k'.repeat(100)));
    expect(await shown()).toMatchObject({ isCut: true, fits: true });
    await page.context().close();
  });

  it('lets a person sign another device out, and change the password', async () => {
    const phone = await open('pelaksana.manggar', '/akun', PHONE);
    const desk = await open('pelaksana.manggar', '/akun');
    await says(desk.getByTestId('devices').locator('li'), 'Perangkat ini');
    await desk.getByTestId('devices').getByRole('button', { name: 'Keluarkan' }).click();
    await says(desk.locator('main'), 'Perangkat yang dikeluarkan: 1');
    await phone.reload();
    await phone.getByLabel('Nama pengguna').waitFor();

    const change = async (present: string, wanted: string, again = wanted) => {
      await desk.getByLabel('Kata sandi sekarang').fill(present);
      await desk.getByLabel('Kata sandi baru', { exact: true }).fill(wanted);
      await desk.getByLabel('Kata sandi baru, sekali lagi').fill(again);
      await desk.getByRole('button', { name: 'Ganti kata sandi' }).click();
    };
    await change('salah', 'empat kata acak', 'empat kata lain');
    await says(desk.locator('form'), 'Kedua kata sandi baru berbeda');
    await change('salah', 'empat kata acak');
    await says(desk.locator('form'), 'Kata sandi sekarang salah');
    for (const viewport of [PHONE, OFFICE]) {
      await desk.setViewportSize(viewport);
      expect([await faults(desk), await sidewaysScroll(desk)]).toEqual([[], 0]);
    }
    await change(demonstration.system.secrets.demoPassword, 'empat kata acak');
    await says(desk.locator('main'), 'Kata sandi diganti');
    await phone.context().close();
    await desk.context().close();
  });

  it('lets a person turn two-step verification on, on a phone, and asks for a code from then on', async () => {
    const login = 'kia.gantung';
    const page = await open(login, '/akun', PHONE);
    const factor = page.getByRole('region', { name: 'Verifikasi dua langkah' });
    await factor.getByRole('button', { name: 'Aktifkan' }).click();
    await factor.getByLabel('Kata sandi sekarang').fill(demonstration.system.secrets.demoPassword);
    await factor.getByRole('button', { name: 'Lanjut' }).click();
    const key = (await factor.getByTestId('factor-key').innerText()).replaceAll(' ', '');
    const codeNow = () => new TOTP({ secret: Secret.fromBase32(key) }).generate();
    // What a telephone would scan is that very key.
    expect(await factor.getByRole('link', { name: 'Buka di aplikasi' }).getAttribute('href')).toContain(key);
    await factor.getByRole('img', { name: 'Kode QR' }).waitFor();
    expect([await faults(page), await sidewaysScroll(page)]).toEqual([[], 0]);
    const first = codeNow();
    await factor.getByLabel('Kode enam angka').fill(first);
    await factor.getByRole('button', { name: 'Aktifkan verifikasi' }).click();
    await factor.getByTestId('recovery-codes').waitFor();
    const codes = await factor.getByTestId('recovery-codes').locator('li').allInnerTexts();
    expect(codes).toHaveLength(10);
    expect([await faults(page), await sidewaysScroll(page)]).toEqual([[], 0]);
    await factor.getByRole('button', { name: 'Sudah saya simpan' }).click();
    await says(page.locator('main'), 'Verifikasi dua langkah aktif');
    await page.context().close();

    const again = await openSignIn(login, '/akun', PHONE);
    const code = again.getByLabel('Kode enam angka');
    await code.fill(first); // used already
    await again.getByRole('button', { name: 'Lanjutkan' }).click();
    await says(again.getByRole('form', { name: 'Verifikasi dua langkah' }), 'sudah dipakai');
    expect([await faults(again), await sidewaysScroll(again)]).toEqual([[], 0]);
    await code.fill(codes[0]!);
    await again.getByRole('button', { name: 'Lanjutkan' }).click();
    await says(again.getByRole('region', { name: 'Verifikasi dua langkah' }), 'yang tersisa: 9');
    await again.context().close();
  });

  it('makes slips with codes, by which a person sets a password on a phone', async () => {
    const head = await open('kapus.gantung', '/puskesmas/1012404/petugas');
    const row = head.getByTestId('accounts').locator('li').filter({ hasText: 'pelaksana.gantung' });
    await row.getByRole('checkbox').check();
    expect([await faults(head), await sidewaysScroll(head)]).toEqual([[], 0]);
    await head.getByRole('button', { name: 'Buat slip (1)' }).click();
    const slip = head.getByTestId('slips').locator('section');
    await slip.waitFor();
    expect(await slip.innerText()).toContain(`${demonstration.system.address}/kode`);
    const code = await slip.locator('code').innerText();
    expect([await faults(head), await sidewaysScroll(head)]).toEqual([[], 0]);
    await head.emulateMedia({ media: 'print' });
    await says(slip, 'Berlaku satu kali');
    expect(await head.getByRole('button', { name: 'Cetak' }).isVisible()).toBe(false);
    await head.context().close();

    const context = await browser.newContext({
      viewport: PHONE,
      locale: 'id-ID',
      timezoneId: 'Asia/Jakarta',
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const phone = await context.newPage();
    await phone.goto(`${demonstration.system.address}/kode?nama=pelaksana.gantung`);
    expect(await phone.getByLabel('Nama pengguna').inputValue()).toBe('pelaksana.gantung');
    const enter = async (typed: string) => {
      await phone.getByLabel('Kode', { exact: true }).fill(typed);
      await phone.getByLabel('Kata sandi baru', { exact: true }).fill('empat kata dari slip');
      await phone.getByLabel('Kata sandi baru, sekali lagi').fill('empat kata dari slip');
      await phone.getByRole('button', { name: 'Simpan kata sandi' }).click();
    };
    await enter('aaaa-bbbb-cccc');
    await says(phone.locator('form'), 'Nama pengguna atau kode salah');
    expect([await faults(phone), await sidewaysScroll(phone)]).toEqual([[], 0]);
    await enter(code.toUpperCase());
    await phone.getByRole('button', { name: 'Menu' }).waitFor();
    await context.close();
  });
  it('gives an action to a guest, who reports on a phone by a link until it is revoked', async () => {
    const head = await open('kapus.gantung', '/puskesmas/1012404?periode=2024-12');
    await head
      .getByRole('button', { name: /^Siapkan: / })
      .first()
      .click();
    const ready = head.getByRole('dialog');
    await ready.getByLabel('Penanggung jawab').selectOption({ label: 'Tamu baru …' });
    await says(ready, 'Tamu tidak punya kotak masuk');
    await ready.getByLabel('Nama').fill('Sekretaris Camat');
    await ready.getByLabel('Instansi').fill('Kantor Camat Gantung');
    await ready.getByLabel('Tenggat').fill(NEXT_MONTH);
    await ready.getByLabel('Rumusan kegiatan').fill('Edaran camat ke semua desa');
    await ready.getByRole('button', { name: 'Simpan RTL' }).click();
    await says(head.locator('main'), 'Sekretaris Camat (Kantor Camat Gantung)');
    await head.getByRole('link', { name: 'Edaran camat ke semua desa' }).click();
    const card = head.getByTestId('guest-link');
    await says(card, 'belum punya tautan untuk RTL ini');
    await card.getByRole('button', { name: 'Buat tautan' }).click();
    await head.getByRole('dialog').getByRole('button', { name: 'Buat tautan' }).click();
    const text = await card.getByTestId('guest-link-issued').locator('pre').innerText();
    expect([await faults(head), await sidewaysScroll(head)]).toEqual([[], 0]);

    const context = await browser.newContext({
      viewport: PHONE,
      locale: 'id-ID',
      timezoneId: 'Asia/Jakarta',
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const phone = await context.newPage();
    phone.on('pageerror', (error) => complaints.push(`tamu: ${error.message}`));
    await phone.goto(text.split('\n').at(-1)!);
    await says(phone.locator('h1'), 'Edaran camat ke semua desa');
    expect([await faults(phone), await sidewaysScroll(phone)]).toEqual([[], 0]);
    const report = async (progress: string, note: string) => {
      await phone.getByLabel('Kemajuan (0-99 %)').fill(progress);
      await phone.getByLabel('Yang sudah dilakukan').fill(note);
      await phone.getByRole('button', { name: 'Simpan kemajuan' }).click();
    };
    await report('40', 'Edaran sudah ditandatangani.');
    await says(phone.getByTestId('guest-reports'), 'Edaran sudah ditandatangani.');
    expect(await phone.getByLabel('Yang sudah dilakukan').inputValue()).toBe('');
    await report('60', 'Edaran sudah di semua desa.');
    await says(phone.getByTestId('guest-progress'), '60 %');
    expect([await faults(phone), await sidewaysScroll(phone)]).toEqual([[], 0]);

    await says(head.getByTestId('history'), 'Edaran sudah di semua desa.'); // the page hears of it
    await card.getByRole('button', { name: 'Cabut tautan' }).click();
    await says(card, 'belum punya tautan');
    await report('70', 'Lagi.');
    await says(phone.locator('form'), 'sudah dicabut atau diganti');
    await phone.reload();
    await says(phone.locator('main'), 'Tautan tidak dapat dibuka');
    expect([await faults(phone), await sidewaysScroll(phone)]).toEqual([[], 0]);
    await context.close();

    await head.goto(`${demonstration.system.address}/puskesmas/1012404/tamu`);
    const guest = head.getByTestId('guests').locator('li').filter({ hasText: 'Sekretaris Camat' });
    await guest.waitFor();
    expect([await faults(head), await sidewaysScroll(head)]).toEqual([[], 0]);
    await guest.getByRole('button', { name: 'Akhiri' }).click();
    await head.getByRole('dialog').getByRole('button', { name: 'Akhiri' }).click();
    await says(guest, 'diakhiri');
    await head.context().close();
  });

  it('lets an administrator make a webhook, shows its secret once, and what became of a test', async () => {
    const page = await open('admin', '/webhook', PHONE);
    await page.getByText('Belum ada webhook.').waitFor();
    await page.getByRole('button', { name: 'Buat webhook' }).click();
    const form = page.getByRole('form', { name: 'Buat webhook' });
    await form.getByLabel('Nama').fill('DHIS2 kabupaten');
    await form.getByLabel('Alamat').fill('http://dhis2.example/lokmin');
    await form.getByRole('button', { name: 'Simpan' }).click();
    await form.getByText('Pilih paling sedikit satu.').waitFor();
    await form.getByLabel('Evaluasi diajukan', { exact: true }).check();
    await form.getByLabel('Hanya puskesmas').fill('1012406, 9999999');
    await form.getByRole('button', { name: 'Simpan' }).click();
    await says(form.getByRole('alert'), 'harus https://');
    await form.getByLabel('Alamat').fill('http://127.0.0.1:1/lokmin');
    await form.getByRole('button', { name: 'Simpan' }).click();
    await says(form.getByRole('alert'), 'Puskesmas 9999999 tidak ditemukan');
    await form.getByLabel('Hanya puskesmas').fill('1012406');
    await form.getByRole('button', { name: 'Simpan' }).click();
    expect(await page.getByTestId('secret').innerText()).toMatch(/^whsec_[\w+/]{43}=$/);
    await page.getByRole('button', { name: 'Sudah disimpan' }).click();
    const made = page.getByTestId('webhooks').locator('> li');
    await says(made, 'Dari Puskesmas Manggar.');
    await made.getByRole('button', { name: 'Uji' }).click();
    await made.getByText('Catatan kiriman').click();
    await says(made.getByTestId('sendings').locator('li'), 'Kiriman uji');
    expect(await sidewaysScroll(page)).toBe(0);
    await page.context().close();
  });

  it('shows who changed what, to whom it concerns, and keeps what was chosen in the address', async () => {
    const page = await open('admin', '/jejak');
    await says(page.getByTestId('audit').locator('li'), /membuat webhook/);
    await page.getByLabel('Hanya puskesmas').fill('1012404');
    await page.waitForURL(/nomor=1012404/);
    await page.getByLabel('Dari tanggal').fill('2099-01-01');
    await page.getByText('0 perubahan.').waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Simpan CSV' }).click();
    expect((await saved).suggestedFilename()).toBe('jejak-1012404.csv');
    await page.context().close();

    const head = await open('kapus.manggar', '/jejak', PHONE);
    const entry = head.getByTestId('audit').locator('> li').first();
    await entry.getByText('Perubahan').click();
    await entry.getByRole('table').waitFor();
    expect(await head.getByLabel('Hanya puskesmas').count()).toBe(0);
    expect(await sidewaysScroll(head)).toBe(0);
    await head.context().close();
  });

  it('saves what it shows as CSV and as a workbook, whose figures are those of GraphQL', async () => {
    const page = await open('dinas', '/kabupaten/19.06/indikator/KIA-K1?periode=2024-12');
    const save = async (name: string) => {
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name }).first().click();
      const download = await saved;
      return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
    };
    const officer = await demonstration.signIn('dinas');
    type Figures = { numerator: string; denominator: string; coverage: string; performance: string | null };
    const fields = 'numerator denominator coverage performance';
    const { district } = await officer.ask<{
      district: { indicator: Figures & { units: { puskesmas: { code: string }; result: Figures }[] } };
    }>(
      `{ district(code: "19.06") { indicator(period: "2024-12", code: "KIA-K1") {
           ${fields} units { puskesmas { code } result { ${fields} } } } } }`,
    );
    const { indicator } = district;
    const cells = ({ numerator, denominator, coverage, performance }: Figures) =>
      [numerator, denominator, coverage, performance].map((figure) => figure && Number(figure));

    const book = await save('Simpan Excel');
    expect(book.name).toBe('KIA-K1-2024-12.xlsx');
    const sheet = await readSheet(book.content, 1);
    const head = sheet.findIndex(([first]) => first === 'Kode');
    const rows = sheet.slice(head + 1).map((row) => [row[0], row[2], row[3], row[4], row[6]]);
    expect(rows).toEqual([
      [null, ...cells(indicator)],
      ...indicator.units.map(({ puskesmas, result }) => [puskesmas.code, ...cells(result)]),
    ]);
    expect(rows).toHaveLength(8);
    expect(sheet.slice(0, head).flat()).toEqual(expect.arrayContaining(['Desember 2024', 'kabupaten 19.06']));
    expect(await readSheet(book.content, 'Definisi')).toContainEqual(['Penilaian', expect.any(String)]);

    const csv = await save('Simpan CSV');
    expect(csv.name).toBe('KIA-K1-2024-12.csv');
    const { numerator, denominator, coverage } = indicator;
    expect(csv.content.toString().split('\r\n')[1]).toContain(
      `;${numerator};${denominator};${coverage.replace('.', ',')};`,
    );
    expect(csv.content.toString()).toMatch(/^\uFEFFKode;Puskesmas;/);

    for (const [path, name] of [
      [DISTRICT, /^lokmin-2024-12\.csv$/],
      [MANGGAR, /^1012406-2024-12\.csv$/],
      ['/rtl', /^rtl-\d{4}-\d\d-\d\d\.csv$/],
    ] as const) {
      await page.goto(demonstration.system.address + path);
      expect((await save('Simpan CSV')).name).toMatch(name);
    }
    await page.context().close();
  });

  it('ranks an indicator across the district and among the peers of a coaching group', async () => {
    const page = await open('dinas', '/kabupaten/19.06/indikator/KIA-K1?periode=2024-12', PHONE);
    const units = page.getByTestId('comparison').locator('[data-testid^=puskesmas-]');
    const places = async () =>
      (await units.locator('[data-label=Peringkat]').allInnerTexts()).map((text) =>
        text.replace('Peringkat', '').trim(),
      );
    await units.first().waitFor();
    const before = await places();
    expect(before.toSorted()).toEqual(before.map((_, i) => `${i + 1} dari ${before.length}`));
    expect(before).not.toEqual(before.toSorted());
    await page.getByLabel('Urutkan').selectOption({ label: 'Peringkat' });
    expect(await places()).toEqual(before.toSorted());
    expect([await faults(page), await sidewaysScroll(page)]).toEqual([[], 0]);
    await page.getByLabel('Dibandingkan dengan').selectOption({ index: 1 });
    await page.waitForURL(/binaan\/TPCB-1\/indikator\/KIA-K1/);
    await says(units.first(), 'dari 3');
    expect(await units.count()).toBe(3);
    expect([await faults(page), await sidewaysScroll(page)]).toEqual([[], 0]);
    await page.context().close();
  });

  it('lets the district office ask in words of its own, from a puskesmas down to who entered a value', async () => {
    const page = await open('dinas', '/api?contoh=values', PHONE);
    await page.getByRole('button', { name: 'Tanyakan' }).click();
    const answer = page.getByTestId('answer');
    await says(answer, '"enteredByName"');
    await says(answer, '"value": "693"');
    await says(page.getByRole('region', { name: 'Jawaban' }), /HTTP 200 .* cost=\d+, left=\d+/);
    await page.getByLabel('Variabel').fill('{');
    await page.getByRole('button', { name: 'Tanyakan' }).click();
    await says(page.getByRole('alert'), 'bukan JSON yang utuh');
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await faults(page)).toEqual([]);
    await page.context().close();
    const head = await open('kapus.manggar', '/api');
    await head.getByText('Halaman ini untuk petugas dinas kesehatan.').waitFor();
    await head.context().close();
  });

  it('shows an administrator how each service is, and what one could not take', async () => {
    const facts = new pg.Client(demonstration.system.databaseUrl('actions'));
    await facts.connect();
    await facts.query(
      `INSERT INTO dead_letter (durable, subject, body, attempts, reason)
       VALUES ('actions-roster', 'lokmin.ref.directory.unit.x', '{', 1, 'not JSON'), ('actions-roster', 'lokmin.ref.directory.unit.y', '{', 1, 'not JSON')`,
    );
    const page = await open('admin', '/sistem', PHONE);
    const services = page.getByTestId('services').locator('tbody tr');
    // A service that is busy may be late with its answer once: then one asks again, as the page offers.
    await eventually(
      async () => {
        const state = await page.getByTestId('ACTIONS').innerText();
        if (/Siap\s[^]*2/.test(state)) return true;
        await page.getByRole('button', { name: 'Muat ulang' }).click();
        throw new Error(state);
      },
      { deadlineMs: PATIENCE_MS, everyMs: 1_000, what: 'actions is ready, and keeps two' },
    );
    expect(await services.count()).toBe(5);
    const held = page.getByTestId('dead-letter');
    await says(held, 'not JSON');
    await held.first().getByRole('button', { name: 'Olah lagi' }).click();
    await says(page.locator('main'), '1 gagal lagi');
    await page.getByRole('button', { name: 'Olah lagi 2 peristiwa ini' }).click();
    await says(page.locator('main'), '2 gagal lagi');
    expect([await faults(page), await sidewaysScroll(page)]).toEqual([[], 0]);
    await facts.query('DELETE FROM dead_letter');
    await facts.end();
    await page.context().close();
  });

  it('prepares the bundle of another year from the one before, one indicator at a time', async () => {
    const page = await open('dinas', '/kabupaten/19.06/katalog/rancangan?tahun=2026', PHONE);
    await page.getByRole('button', { name: 'Mulai rancangan' }).click();
    await page.getByRole('button', { name: 'Ubah: KIA-K4' }).click();
    await page.getByLabel('Target setahun').fill('97,5');
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Simpan' }).click();
    await says(page.locator('main'), 'KIA-K4 disimpan');
    await says(page.getByTestId('drafted').locator('li', { hasText: 'KIA-K4' }), 'Target paket 97,5 %');
    await page.getByRole('button', { name: 'Keluarkan dari paket: P2-DBD' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Keluarkan dari paket' }).click();
    await says(page.locator('main'), '54 dari 54 indikator');
    expect([await faults(page), await sidewaysScroll(page)]).toEqual([[], 0]);
    await page.context().close();
  });

  it('has no serious fault of accessibility and no sideways scroll, at a desk and on a phone', async () => {
    for (const [login, paths] of [
      [
        'dinas',
        [
          DISTRICT,
          '/kotak-masuk',
          '/kabupaten/19.06/mutu-data?periode=2024-12',
          '/kabupaten/19.06/katalog?tahun=2024',
          '/kabupaten/19.06/matriks?periode=2024-12',
        ],
      ],
      ['kapus.manggar', [MANGGAR]],
      ['admin', ['/webhook', '/jejak', '/sistem', '/akun-layanan']],
      ['tpcb.utara', ['/']],
      ['kia.manggar', ['/puskesmas/1012406/isi?periode=2024-12']],
    ] as const) {
      const page = await open(login, paths[0]);
      for (const path of paths)
        for (const viewport of [OFFICE, PHONE]) {
          await page.setViewportSize(viewport);
          await page.goto(demonstration.system.address + path);
          await page.locator('main h1, main h2').first().waitFor();
          expect([path, viewport.width, await faults(page), await sidewaysScroll(page)]).toEqual([
            path,
            viewport.width,
            [],
            0,
          ]);
        }
      await page.context().close();
    }
  }, 240_000);

  it('raises no error in any browser', () => {
    expect(complaints.filter((complaint) => !/422|Unprocessable/.test(complaint))).toEqual([]);
  });
});
