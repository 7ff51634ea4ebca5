import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import { readContents } from '../../src/package/contents.ts';
import { Budget, limits } from '../../src/package/zip/limits.ts';
import { readArchive } from '../../src/package/zip/read-archive.ts';
import { ArchiveRefused } from '../../src/package/zip/refused.ts';
import { packageOf, type RawEntry, rawZip, solutions, zip } from './archives.ts';

const read = (bytes: Buffer, budget = new Budget()) => readArchive(bytes, 'x.zip', budget);

/** Why an archive is refused. Any other error fails the test. */
async function refusal(bytes: Buffer, budget?: Budget): Promise<string> {
  try {
    await read(bytes, budget);
  } catch (error) {
    if (error instanceof ArchiveRefused) return error.message;
    throw error;
  }
  throw new Error('it was not refused');
}

const one = (entry: Partial<RawEntry>): Buffer => rawZip([{ name: 'a.txt', ...entry }]);
const zeros = Buffer.alloc(16 * 1024 * 1024);

const unicodeName = Buffer.concat([Buffer.from([0x75, 0x70, 10, 0, 1, 0, 0, 0, 0]), Buffer.from('b.txt')]);

const hostile: Readonly<Record<string, { bytes: () => Buffer; says: RegExp }>> = {
  'a name that leads out': { bytes: () => one({ name: '../a.txt' }), says: /"\.\.\/a\.txt" leads out/ },
  'a name that leads out further in': { bytes: () => one({ name: 'a/../../b' }), says: /leads out/ },
  'an absolute name': { bytes: () => one({ name: '/etc/passwd' }), says: /is absolute/ },
  'a drive letter': { bytes: () => one({ name: 'C:/a.txt' }), says: /drive letter/ },
  'a drive letter without slash': { bytes: () => one({ name: 'c:a.txt' }), says: /drive letter/ },
  'a backslash': { bytes: () => one({ name: 'PkgAssets\\a.zip' }), says: /backslash/ },
  'a backslash that leads out': { bytes: () => one({ name: '..\\a.txt' }), says: /backslash/ },
  'a share': { bytes: () => one({ name: '//server/a' }), says: /is absolute/ },
  'an empty part': { bytes: () => one({ name: 'a//b' }), says: /not a plain path/ },
  'a dot as part': { bytes: () => one({ name: 'a/./b' }), says: /not a plain path/ },
  'an empty name': { bytes: () => one({ name: '' }), says: /is empty/ },
  'a control character': { bytes: () => one({ name: 'a\u0000.txt' }), says: /control characters/ },
  'a name that is not UTF-8': { bytes: () => one({ name: Buffer.from([0x61, 0xe4]) }), says: /not UTF-8/ },
  'a name of unknown encoding': { bytes: () => one({ name: 'ä.txt', flags: 0 }), says: /not marked as UTF-8/ },
  'a second name in an extra field': { bytes: () => one({ extra: unicodeName }), says: /second name/ },
  'another name in front of the data': { bytes: () => one({ localName: 'b.txt' }), says: /another name/ },
  'one name twice': { bytes: () => rawZip([{ name: 'a' }, { name: 'a' }]), says: /"a" is in it twice/ },
  'names that differ in case': {
    bytes: () => rawZip([{ name: 'a.md' }, { name: 'A.md' }]),
    says: /one file on Windows/,
  },
  'names that differ in composition': {
    bytes: () => rawZip([{ name: '\u00e9' }, { name: 'e\u0301' }]),
    says: /one file on Windows/,
  },
  'folders that differ in case': {
    bytes: () => rawZip([{ name: 'a/1' }, { name: 'A/2' }]),
    says: /one on Windows and macOS/,
  },
  'a file that is a folder, too': {
    bytes: () => rawZip([{ name: 'a' }, { name: 'A/b' }]),
    says: /a file and a folder/,
  },
  'a symbolic link': { bytes: () => one({ mode: 0o120777 }), says: /symbolic link/ },
  'a device': { bytes: () => one({ mode: 0o060644 }), says: /not a regular file/ },
  'an encrypted entry': { bytes: () => one({ flags: 0x801 }), says: /is encrypted/ },
  'strong encryption': { bytes: () => one({ flags: 0x841 }), says: /encryption/ },
  'another compression': { bytes: () => one({ method: 12, packed: Buffer.from('x') }), says: /method 12/ },
  'a folder with data': { bytes: () => one({ name: 'a/' }), says: /holds data/ },
  'a bomb that declares itself': { bytes: () => one({ data: zeros }), says: /200-fold/ },
  'a bomb that lies': {
    bytes: () => one({ data: Buffer.from('x'), packed: deflateRawSync(zeros) }),
    says: /larger than it declares/,
  },
  'a size that is too large': { bytes: () => one({ size: limits.entry + 1 }), says: /larger than 64 MiB/ },
  'a size that is too small': {
    bytes: () => one({ data: Buffer.from('text'), size: 3, crc: 0 }),
    says: /larger than it declares/,
  },
  'a size that is larger than the data': { bytes: () => one({ size: 5 }), says: /not as long/ },
  'a stored entry with two sizes': {
    bytes: () => one({ method: 0, size: 3 }),
    says: /damaged: .*size mismatch/,
  },
  'data after the end': { bytes: () => one({ packedSize: 5000 }), says: /damaged: .*overflows/ },
  'a checksum that differs': { bytes: () => one({ crc: 1 }), says: /checksum differs/ },
  'data that is not deflated': { bytes: () => one({ packed: Buffer.from('no deflate') }), says: /is damaged/ },
  'entries that share their data': {
    bytes: () => {
      const data = Buffer.from('text');
      return rawZip([
        { name: 'a', data },
        { name: 'b', data, localName: 'a', offset: 0 },
      ]);
    },
    says: /another name|overlaps/,
  },
  'an entry inside another one': { bytes: () => nested(), says: /"outer" overlaps/ },
  'data that reaches into the directory': {
    bytes: () => one({ method: 0, data: Buffer.alloc(4), size: 40, packedSize: 40 }),
    says: /overlaps the directory|not as long|checksum|damaged/,
  },
  'more entries than there are': { bytes: () => rawZip([{ name: 'a' }], 3), says: /damaged/ },
  'a 64-bit size that is too large': { bytes: () => one(zip64(2n ** 40n)), says: /larger than 64 MiB/ },
  'a 64-bit size that is not a number': { bytes: () => one(zip64(2n ** 60n)), says: /damaged|larger/ },
  'a 64-bit size that is missing': {
    bytes: () => one({ size: 0xffffffff, extra: zip64Field(Buffer.alloc(4)) }),
    says: /damaged/,
  },
  'an extra field that is cut off': { bytes: () => one({ extra: Buffer.from([1, 0, 200, 0, 1]) }), says: /damaged/ },
  'a 64-bit end with a number of entries beyond all bounds': {
    bytes: () => withZip64End(one({}), 2n ** 40n),
    says: /says that it holds/,
  },
  'a 64-bit end that lies elsewhere': { bytes: () => withZip64End(one({}), 1n, 2n ** 50n), says: /damaged/ },
  'a 64-bit end whose directory lies elsewhere': {
    bytes: () => withZip64End(one({}), 1n, undefined, 2n ** 62n),
    says: /damaged/,
  },
  nothing: { bytes: () => Buffer.alloc(0), says: /not a zip archive/ },
  garbage: { bytes: () => randomBytes(5000), says: /not a zip archive/ },
  'a text': { bytes: () => Buffer.from('PK, this is a text'), says: /not a zip archive/ },
};

const zip64Field = (data: Buffer): Buffer => Buffer.concat([Buffer.from([1, 0, data.length, 0]), data]);

function zip64(size: bigint): Partial<RawEntry> {
  const data = Buffer.alloc(8);
  data.writeBigUInt64LE(size);
  return { size: 0xffffffff, extra: zip64Field(data) };
}

/** The end of an archive as large ones have it. */
function withZip64End(archive: Buffer, entries: bigint, at?: bigint, directory = 0n): Buffer {
  const [body, end] = [archive.subarray(0, -22), archive.subarray(-22)];
  const record = Buffer.alloc(56);
  record.write('PK\u0006\u0006', 'latin1');
  record.writeBigUInt64LE(entries, 32);
  record.writeBigUInt64LE(directory, 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\u0006\u0007', 'latin1');
  locator.writeBigUInt64LE(at ?? BigInt(body.length), 8);
  return Buffer.concat([body, record, locator, end]);
}

/** The data of a stored entry is a whole entry of its own. */
function nested(): Buffer {
  const inner = rawZip([{ name: 'inner', method: 0 }]);
  const local = inner.subarray(0, 30 + 'inner'.length + 4);
  const outer = rawZip([
    { name: 'outer', method: 0, data: local },
    { name: 'inner', method: 0, offset: 30 + 'outer'.length },
  ]);
  return outer;
}

describe('archives that are refused', () => {
  for (const [name, { bytes, says }] of Object.entries(hostile)) {
    it(name, async () => {
      expect(await refusal(bytes())).to.match(says);
    });
  }

  it('a true archive, cut off at any place', async () => {
    const whole = await zip(solutions.connector);
    for (let length = 0; length < whole.length; length += 97) await refusal(whole.subarray(0, length));
  });

  it('a true archive with any byte changed is refused, or read without harm', async () => {
    const whole = await zip({ 'a.txt': 'some text', 'b/c.txt': 'more text' });
    for (let at = 0; at < whole.length; at += 1) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      const outcome = await read(changed).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome, String(outcome.stack)).to.be.instanceOf(ArchiveRefused);
    }
  });

  it('a file that is larger than any package', async () => {
    expect(await refusal(Buffer.alloc(10), new Budget({ ...limits, file: 9 }))).to.match(/it is larger/);
  });

  it('too many entries, and an end that claims so', async () => {
    const few = new Budget({ ...limits, entries: 2 });
    expect(await refusal(rawZip([{ name: 'a' }, { name: 'b' }, { name: 'c' }]), few)).to.match(/3 files/);
    expect(await refusal(rawZip([{ name: 'a' }], 60_000))).to.match(/60000 files/);
  });

  it('small entries that are too much together', async () => {
    const budget = new Budget({ ...limits, total: 1_000_000 });
    const entries = [1, 2, 3].map((number) => ({ name: `${number}`, data: randomBytes(400_000) }));
    expect(await refusal(rawZip(entries), budget)).to.match(/are larger than 1 MiB when unpacked/);
  });

  it('takes little memory for what it refuses', async () => {
    const bomb = one({ data: Buffer.from('x'), packed: deflateRawSync(zeros) });
    const before = process.memoryUsage().arrayBuffers;
    for (let time = 0; time < 10; time += 1) await refusal(bomb);
    expect(process.memoryUsage().arrayBuffers - before).to.be.lessThan(zeros.length * 4);
  });
});

describe('archives in archives', () => {
  it('share one budget', async () => {
    const bytes = await packageOf();
    const total = 6_000;
    const { refusals } = await readContents(bytes, 'p.zip', new Budget({ ...limits, total: bytes.length + total }));
    expect(refusals.map(({ reason }) => reason).join()).to.match(/when unpacked/);
  });

  it('are looked into as deep as packages go, and no deeper', async () => {
    const deep = await zip({ 'a.zip': await zip({ 'b.zip': rawZip([{ name: '../c' }]) }) });
    const { refusals, solutions: found } = await readContents(
      await packageOf({ connector: { 'WebResources/deep.zip': deep } }),
      'p.zip',
    );
    expect(refusals).to.deep.equal([]);
    expect(found.map(({ role }) => role)).to.deep.equal(['connector', 'flow']);
  });

  it('that are hostile are part of the answer', async () => {
    const { refusals } = await readContents(
      await packageOf({ assets: { 'flow.zip': rawZip([{ name: '../x' }]) } }),
      'p.zip',
    );
    expect(refusals).to.deep.equal([
      {
        place: 'p.zip!ContosoWeather.pdpkg.zip!PkgAssets/flow.zip',
        level: 'solution',
        reason: 'the name "../x" leads out of the archive',
      },
    ]);
  });
});

describe('archives that are read', () => {
  it('with stored and deflated entries, folders of their own, and names in UTF-8', async () => {
    const { files, folders } = await read(
      rawZip([
        { name: 'Straße/ä.txt' },
        { name: 'empty/', data: Buffer.alloc(0), mode: 0o040755 },
        { name: 'stored', method: 0 },
        { name: 'nothing', data: Buffer.alloc(0) },
      ]),
    );
    expect([...files.keys()]).to.deep.equal(['Straße/ä.txt', 'stored', 'nothing']);
    expect([...folders]).to.deep.equal(['Straße', 'empty']);
    expect(files.get('stored')?.bytes.toString()).to.equal('text');
  });

  it('written by us: the same bytes each time, whatever the time zone', async () => {
    const first = await zip(solutions.flow);
    const zone = process.env.TZ;
    process.env.TZ = 'America/Los_Angeles';
    try {
      expect((await zip(solutions.flow)).equals(first)).to.equal(true);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
    expect([...(await read(first)).files.keys()]).to.deep.equal(Object.keys(solutions.flow));
  });
});
