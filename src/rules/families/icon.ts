import { basename } from 'node:path';
import { getOwn } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import { defineFamily, type Example, type Rule } from '../engine/rule.ts';
import { deleteFile, renameFile } from '../fix/file-fixes.ts';
import {
  colorDistance,
  dominantEdge,
  type EdgeColor,
  fromHex,
  logoShare,
  toHex,
  transparentShare,
} from '../parsers/icon-picture.ts';
import { type PictureFile, type PngHeader, readPngHeader } from '../parsers/png.ts';

const maxBytes = 1_048_576;
const minSide = 100;
const maxSide = 230;

/** As far as two channels may differ and still look the same: compression and colour profiles shift them a little. */
const tolerance = 8;

/** Small pictures for the examples: two colours, one of them a square in the middle. */
const pictures = {
  good: 'iVBORw0KGgoAAAANSUhEUgAAAGQAAABkAQMAAABKLAcXAAAABlBMVEULaj////+01OgFAAAAHklEQVR42mNgGAVDATD//////59R3iiPON4oGNwAAOTQxzmpEDkKAAAAAElFTkSuQmCC',
  wide: 'iVBORw0KGgoAAAANSUhEUgAAAHgAAABkAQMAAAB3vmZxAAAABlBMVEULaj////+01OgFAAAAHElEQVR42mNgGAXDHvD/B4EPo/xR/oDwR8GwBQDafu8RXOhlMgAAAABJRU5ErkJggg==',
  small:
    'iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQMAAACQp+OdAAAABlBMVEULaj////+01OgFAAAAFUlEQVR42mNgGJKA////H8OaMVQAAH3pS368uPgAAAAAAElFTkSuQmCC',
  white:
    'iVBORw0KGgoAAAANSUhEUgAAAGQAAABkAQMAAABKLAcXAAAABlBMVEX///8Laj9w45KPAAAAHklEQVR42mNgGAVDATD//////59R3iiPON4oGNwAAOTQxzmpEDkKAAAAAElFTkSuQmCC',
  clear:
    'iVBORw0KGgoAAAANSUhEUgAAAGQAAABkAQMAAABKLAcXAAAABlBMVEUAAAALaj+ARvg+AAAAAnRSTlMA/1uRIrUAAAAeSURBVHjaY2AYBUMBMP//////n1HeKI843igY3AAA5NDHOakQOQoAAAAASUVORK5CYII=',
  other:
    'iVBORw0KGgoAAAANSUhEUgAAAGQAAABkAQMAAABKLAcXAAAABlBMVEUgQID///8X33SZAAAAHklEQVR42mNgGAVDATD//////59R3iiPON4oGNwAAOTQxzmpEDkKAAAAAElFTkSuQmCC',
  full: 'iVBORw0KGgoAAAANSUhEUgAAAGQAAABkAQMAAABKLAcXAAAABlBMVEULaj////+01OgFAAAAHUlEQVR42mNgwAPs/yPAgVHeKG+UN8ob5RHNwwMATQd7vYhNPd4AAAAASUVORK5CYII=',
} as const;

/** An icon of another profile than the independent ones, which have none. */
const withIcon = (name: string, base64: string): Example => ({ name, files: { 'icon.png': { base64 } } });

/** A rule about what the header says; a file that is not a PNG is another finding. */
function headerRule(rule: Omit<Rule, 'on'>, problem: (header: PngHeader) => string | undefined): Rule {
  return {
    ...rule,
    on: {
      icon: (icon, report) => {
        const header = readPngHeader(icon.bytes);
        const message = header && problem(header);
        if (message !== undefined) report({ file: icon, offset: 0 }, message);
      },
    },
  };
}

/** The background, where the icon has one. */
function background(icon: PictureFile): EdgeColor | undefined {
  const picture = icon.pixels;
  if (picture === undefined || transparentShare(picture) > 0.05) return undefined;
  return dominantEdge(picture);
}

/** Rules about the icon. */
export const family = defineFamily({ name: 'Icon', order: 400 }, [
  {
    id: 'icon-required',
    title: 'The connector of a verified publisher has an icon.',
    why: 'The package is refused without one.',
    remedy: 'Add icon.png: square, 100 to 230 pixels a side, on the brand colour.',
    source: 'Certification submission guide; certification policy',
    policy: '5000.1.1.1',
    severity: 'I/E/-',
    // icons go into the package, not into the pull request
    appliesTo: ['repository', 'package'],
    on: {
      connector: ({ files }, report) => {
        if (files.icon === undefined) {
          report(
            { missing: 'icon.png' },
            'there is no icon.png; add a square one of 100 to 230 pixels a side, on the brand colour',
          );
        }
      },
    },
    examples: {
      good: [{ name: 'there' }],
      bad: [{ name: 'missing', files: { 'icon.png': null }, expect: ['icon'] }],
    },
  },
  {
    id: 'icon-absent-independent',
    title: 'Independent publishers submit no icon.',
    why: 'All their connectors share one icon.',
    remedy: 'Delete icon.png from the folder that you submit.',
    source: 'Pull-request template',
    severity: '-/-/E',
    appliesTo: ['folder', 'package'],
    fix: 'deletion',
    consequence: 'Nobody has to do anything: the platform draws the icon.',
    on: {
      icon: (icon, report, connector) => {
        report(
          { file: icon, offset: 0 },
          'connectors of independent publishers share one icon; delete icon.png from the folder that you submit',
          deleteFile(connector, icon.path),
        );
      },
    },
    examples: {
      good: [{ name: 'none', profile: 'independent', subject: 'folder' }],
      bad: [
        {
          ...withIcon('submitted', pictures.other),
          profile: 'independent',
          subject: 'folder',
          expect: ['icon'],
          fixed: {},
        },
        {
          ...withIcon('named in settings.json', pictures.other),
          profile: 'independent',
          subject: 'folder',
          settings: { apiDefinition: 'apiDefinition.swagger.json', icon: 'icon.png' },
          expect: ['icon'],
          fixed: { settings: { apiDefinition: 'apiDefinition.swagger.json' } },
        },
      ],
    },
  },
  {
    id: 'icon-png',
    title: 'The icon is a PNG file called icon.png.',
    why: 'The service takes no other format.',
    remedy: 'Export the icon as PNG, and call it icon.png.',
    source: 'Certification submission guide; certification policy',
    policy: '5000.2.1.3',
    severity: 'W/E/-',
    fix: 'safe',
    on: {
      icon: (icon, report, connector) => {
        const at = { file: icon, offset: 0 };
        const name = basename(icon.path);
        const header = readPngHeader(icon.bytes);
        if (header === undefined) {
          report(at, `${quote(name)} is not a PNG file, whatever its name; export the icon as PNG`);
        } else if (header.width <= maxSide * 8 && header.height <= maxSide * 8 && icon.pixels === undefined) {
          report(at, `the pixels of ${quote(name)} cannot be decoded; export the icon again`);
        }
        if (name !== 'icon.png') {
          report(at, `the icon is called ${quote(name)}; call it icon.png`, renameFile(connector, icon, 'icon.png'));
        }
      },
    },
    examples: {
      good: [{ name: 'a PNG' }],
      bad: [
        { ...withIcon('a JPEG', '/9j/4AAQSkZJRgABAQ=='), expect: ['icon'] },
        { ...withIcon('cut off', pictures.other.slice(0, 80)), expect: ['icon'] },
        {
          name: 'capitals',
          files: { 'icon.png': null, 'Icon.png': { base64: pictures.good } },
          expect: ['icon'],
          fixed: { files: { 'icon.png': { base64: pictures.good } } },
        },
      ],
    },
  },
  {
    id: 'icon-file-size',
    title: 'The icon is smaller than 1 MB.',
    why: 'The service refuses larger ones.',
    remedy: 'Compress the icon, or make it smaller.',
    source: 'Certification policy',
    policy: '5000.2.1.2',
    severity: 'W/E/-',
    on: {
      icon: (icon, report) => {
        const size = icon.bytes.length;
        if (size >= maxBytes)
          report({ file: icon, offset: 0 }, `the icon has ${size} bytes; fewer than ${maxBytes} are allowed`);
      },
    },
    examples: {
      good: [{ name: 'small' }],
      bad: [
        {
          ...withIcon('a megabyte after the picture', pictures.good + 'AAAA'.repeat(350_000)),
          expect: ['icon'],
        },
      ],
    },
  },
  headerRule(
    {
      id: 'icon-square',
      title: 'The icon is as wide as it is high.',
      why: 'It is shown in a square.',
      remedy: 'Crop or extend it to a square.',
      source: 'Certification policy',
      policy: '5000.2.1.4',
      severity: 'W/E/-',
      examples: {
        good: [{ name: 'a square' }],
        bad: [{ ...withIcon('wider', pictures.wide), expect: ['icon'] }],
      },
    },
    ({ width, height }) =>
      width === height ? undefined : `the icon is ${width} pixels wide and ${height} high; it must be square`,
  ),
  headerRule(
    {
      id: 'icon-dimensions',
      title: 'The icon has 100 to 230 pixels a side.',
      why: 'Certification refuses other sizes. (Older texts ask for a logo of about 160 in a picture of 230.)',
      remedy: 'Scale it; 230 by 230 is always right.',
      source: 'Certification policy; certification submission guide',
      policy: '5000.2.1.4',
      severity: 'W/E/-',
      examples: {
        good: [{ name: '100 a side' }],
        bad: [{ ...withIcon('64 a side', pictures.small), expect: ['icon'] }],
      },
    },
    ({ width, height }) =>
      [width, height].every((side) => side >= minSide && side <= maxSide)
        ? undefined
        : `the icon has ${width} × ${height} pixels; each side must have ${minSide} to ${maxSide}`,
  ),
  {
    id: 'icon-opaque',
    title: 'The background of the icon is neither transparent nor white.',
    why: 'It must stand out in light and dark designers alike.',
    remedy: 'Put the logo on the brand colour, up to the edges, without rounded corners.',
    source: 'Certification submission guide; certification policy; published connectors',
    policy: '5000.2.1.5',
    severity: 'I/E/-',
    on: {
      icon: (icon, report) => {
        const picture = icon.pixels;
        if (picture === undefined) return;
        const at = { file: icon, offset: 0 };
        const clear = transparentShare(picture);
        const edge = dominantEdge(picture);
        if (clear > 0.05) {
          report(
            at,
            `${Math.round(clear * 100)} % of the icon's edge is transparent; fill the background with the brand colour`,
          );
        } else if (edge !== undefined && edge.share > 0.5 && Math.min(edge.red, edge.green, edge.blue) >= 250) {
          report(at, `the background of the icon is white (${toHex(edge)}); fill it with the brand colour`);
        }
      },
    },
    examples: {
      good: [{ name: 'on a colour' }],
      bad: [
        { ...withIcon('transparent', pictures.clear), expect: ['icon'] },
        { ...withIcon('white', pictures.white), expect: ['icon'] },
      ],
    },
  },
  {
    id: 'icon-background-matches',
    title: 'The background of the icon is the brand colour.',
    why: 'The designer draws the icon on that colour; another one shows as a frame.',
    remedy: 'Set "iconBrandColor" to the colour of the background, or the other way round.',
    source: 'Certification submission guide; published connectors',
    severity: 'I/W/-',
    on: {
      icon: (icon, report, connector) => {
        const brand = getOwn(connector.properties, 'iconBrandColor');
        const wanted = typeof brand === 'string' ? fromHex(brand.trim()) : undefined;
        const edge = wanted && background(icon);
        if (wanted === undefined || edge === undefined || colorDistance(edge, wanted) <= tolerance) return;
        report(
          { file: icon, offset: 0 },
          `the background of the icon is ${toHex(edge)}, but iconBrandColor is ${quote(brand)}; make them the same`,
        );
      },
    },
    examples: {
      good: [{ name: 'the same' }],
      bad: [{ ...withIcon('another colour', pictures.other), expect: ['icon'] }],
    },
  },
  {
    id: 'icon-logo-share',
    title: 'The logo takes up less than 70 % of the width and of the height.',
    why: 'It needs room, since designers crop and round the picture.',
    remedy: 'Make the logo smaller in the picture.',
    source: 'Secondary summary of the certification submission guide',
    severity: '-/I/-',
    on: {
      icon: (icon, report) => {
        const picture = icon.pixels;
        const edge = picture && background(icon);
        if (picture === undefined || edge === undefined || edge.share < 0.5) return;
        const { width, height } = logoShare(picture, edge);
        if (width < 0.7 && height < 0.7) return;
        const percent = [width, height].map((share) => Math.round(share * 100)).join(' % of the width and ');
        report({ file: icon, offset: 0 }, `the logo takes up ${percent} % of the height; less than 70 % looks right`);
      },
    },
    examples: {
      good: [{ name: 'a small logo' }],
      bad: [{ ...withIcon('nearly all', pictures.full), expect: ['icon'] }],
    },
  },
  {
    id: 'icon-unique',
    title: "The icon is neither the default one nor another connector's.",
    why: 'Makers tell connectors apart by their icons.',
    remedy: 'Compare it with the icons in the connector gallery.',
    source: 'Certification submission guide',
    severity: '-/I/-',
    manual: true,
  },
]);
