/**
 * The request that reaches an API, made once more: written from docs/reference/runtime.md and the documented contract of
 * `invoke` alone, by other means and without anything of src/, so that a slip of one isn't that of the other. It knows
 * requests on their way out only.
 */

// biome-ignore lint/suspicious/noExplicitAny: everything here is JSON of somebody else's
type Any = any;

export interface Wanted {
  definition: Any;
  inner: Any;
  id: string;
  inputs: Any;
  /** Values of connection parameters; `token` is the access token. */
  values: Record<string, string>;
  client: 'flow' | 'app';
}

export interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Any;
}

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];
const has = (object: Any, key: string): boolean =>
  object !== null && typeof object === 'object' && Object.hasOwn(object, key);
const isMap = (value: Any): boolean => value !== null && typeof value === 'object' && !Array.isArray(value);
const present = (value: Any): boolean => value !== undefined && value !== null;
const hiddenMark = (node: Any): boolean =>
  String(node?.['x-ms-visibility'] ?? node?.['x-ms-visiblity'] ?? '')
    .toLowerCase()
    .trim() === 'internal';

export function secondImplementation({ definition, inner, id, inputs, values, client }: Wanted): Sent {
  const deref = (node: Any): Any => {
    let at = node;
    for (let hop = 0; hop < 30 && typeof at?.$ref === 'string'; hop += 1) {
      at = at.$ref
        .slice(2)
        .split('/')
        .reduce(
          (below: Any, key: string) => below?.[decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~')],
          definition,
        );
    }
    return at ?? {};
  };
  /** `allOf` laid out flat. */
  const flat = (node: Any, depth = 0): Any => {
    const plain = deref(node);
    if (!Array.isArray(plain.allOf) || depth > 20) return plain;
    let all = { ...plain, properties: { ...plain.properties }, required: [...(plain.required ?? [])] };
    for (const part of plain.allOf) {
      const other = flat(part, depth + 1);
      all = {
        ...other,
        ...all,
        properties: { ...other.properties, ...all.properties },
        required: [...all.required, ...(other.required ?? [])],
      };
    }
    return all;
  };

  let path = '';
  let verb = '';
  for (const [name, item] of Object.entries<Any>(definition.paths)) {
    for (const key of Object.keys(item))
      if (verbs.includes(key) && item[key]?.operationId === id) [path, verb] = [name, key];
  }
  const operation = definition.paths[path][verb];
  const own = (operation.parameters ?? []).map(deref);
  const shared = (definition.paths[path].parameters ?? [])
    .map(deref)
    .filter((one: Any) => !own.some((other: Any) => other.name === one.name));
  const parameters: Any[] = [...own, ...shared];

  const dated = (text: string, node: Any): string => {
    if (node?.format === 'date') return text.slice(0, 10);
    if (node?.format === 'date-no-tz') return text.replace(/(Z|[+-]\d\d:?\d\d)$/, '');
    // what is not a date is one of the values that the definition offers
    return node?.format === 'date-time' && !text.endsWith('Z') && !Number.isNaN(Date.parse(text))
      ? new Date(text).toISOString().replace('.000Z', 'Z')
      : text;
  };
  const plainText = (value: Any, node: Any): string =>
    typeof value === 'string' ? dated(value, node) : JSON.stringify(value);
  const enc = encodeURIComponent;

  const chosen = (parameter: Any): Any => {
    const isRequired = parameter.required === true || parameter.in === 'path';
    const given = inputs[parameter.name];
    if (hiddenMark(parameter) && (isRequired || client === 'flow')) return isRequired ? parameter.default : undefined;
    if (present(given)) return given;
    return isRequired || client === 'app' ? parameter.default : undefined;
  };

  const headers: Record<string, string> = {};
  let query: [string, string][] = [];
  const form: [string, Any][] = [];
  const variables: Record<string, string> = {};
  const types = (key: string): string[] => operation[key] ?? definition[key] ?? [];
  const best = (list: string[], otherwise: string): string =>
    list.find((type) => /^[^;]*[/+]json\b/i.test(type)) ?? list[0] ?? otherwise;
  headers.accept = best(types('produces'), 'application/json');

  const between: Record<string, string> = { ssv: ' ', tsv: '\t', pipes: '|' };
  for (const parameter of parameters) {
    if (parameter.in === 'body') continue;
    const value = chosen(parameter);
    if (!present(value)) continue;
    const all = Array.isArray(value)
      ? value.map((one) => plainText(one, parameter.items))
      : [plainText(value, parameter)];
    const sign = between[parameter.collectionFormat] ?? ',';
    const once = parameter['x-ms-url-encoding'] === 'double' ? (text: string) => enc(enc(text)) : enc;
    const together = all.map(once).join(sign === ',' ? ',' : enc(sign));
    if (parameter.in === 'path') variables[parameter.name] = together;
    if (parameter.in === 'header') headers[parameter.name.toLowerCase()] = all.join(sign);
    if (parameter.in === 'query') {
      if (parameter.collectionFormat === 'multi' && Array.isArray(value))
        for (const one of all) query.push([parameter.name, once(one)]);
      else query.push([parameter.name, together]);
    }
    if (parameter.in === 'formData') {
      if (parameter.type === 'file') form.push([parameter.name, value]);
      else if (parameter.collectionFormat === 'multi') for (const one of all) form.push([parameter.name, one]);
      else form.push([parameter.name, all.join(sign)]);
    }
  }

  /** What is given, with what has to be added. */
  const complete = (schema: Any, value: Any, hidden: boolean, inList: boolean, around: Any[]): Any => {
    const node = flat(schema);
    if (Array.isArray(value))
      return value.map((one) => (one === null ? null : complete(node.items, one, false, true, [])));
    if (typeof value === 'string') return dated(value, node);
    if (!isMap(value)) return value;
    if (has(value, 'base64') && node.type === 'string') return value.base64;
    const result: Any = {};
    for (const [name, declared] of Object.entries<Any>(node.properties ?? {})) {
      const property = flat(declared);
      if (property.readOnly === true) continue;
      if (property['x-ms-notification-url'] === true) {
        result[name] = 'https://connector.invalid/notifications';
        continue;
      }
      const isRequired = (node.required ?? []).includes(name);
      const isHidden = hidden || hiddenMark(property);
      const given = value[name];
      const canGrow = Object.keys(property.properties ?? {}).length > 0 && !around.includes(property);
      const grown = (): Any => complete(property, {}, isHidden, inList, [...around, property]);
      if (isHidden && (isRequired || client === 'flow')) {
        if (!isRequired || (inList && !present(given))) continue;
        if (has(property, 'default')) result[name] = property.default;
        else if (canGrow && Object.keys(grown()).length > 0) result[name] = grown();
      } else if (present(given)) result[name] = complete(property, given, isHidden, inList, []);
      else if (inList) continue;
      else if (has(property, 'default') && (isRequired || client === 'app')) result[name] = property.default;
      else if (isRequired && canGrow) result[name] = grown();
    }
    for (const name of Object.keys(value)) {
      if (has(node.properties ?? {}, name)) continue;
      result[name] =
        isMap(node.additionalProperties) && present(value[name])
          ? complete(node.additionalProperties, value[name], false, inList, [])
          : value[name];
    }
    return result;
  };

  let body: Any = null;
  const whole = parameters.find((parameter) => parameter.in === 'body');
  if (whole !== undefined && (present(inputs[whole.name]) || whole.required === true)) {
    const schema = flat(whole.schema);
    const given = inputs[whole.name];
    body = present(given)
      ? complete(schema, given, false, false, [])
      : (schema.default ?? complete(schema, {}, false, false, []));
    headers['content-type'] ??= best(
      types('consumes'),
      typeof body !== 'string'
        ? 'application/json'
        : schema.format === 'binary'
          ? 'application/octet-stream'
          : 'text/plain',
    );
    if (isMap(body) && headers['content-type'].startsWith('application/x-www-form-urlencoded')) {
      const pairs = (prefix: string, at: Any): string[] =>
        isMap(at)
          ? Object.entries(at).flatMap(([key, below]) => pairs(prefix === '' ? key : `${prefix}.${key}`, below))
          : [at]
              .flat()
              .filter(present)
              .map((one) => `${enc(prefix)}=${enc(typeof one === 'string' ? one : JSON.stringify(one))}`);
      body = pairs('', body).join('&');
    }
  } else if (form.length > 0) {
    const multipart =
      form.some(([, value]) => typeof value !== 'string') ||
      (types('consumes').find((type) => /form/.test(type)) ?? '').startsWith('multipart');
    body = multipart
      ? { multipart: form.map(([name]) => name) }
      : form.map(([name, value]) => `${enc(name)}=${enc(value)}`).join('&');
    if (multipart) headers['content-type'] = 'multipart/form-data';
    else headers['content-type'] ??= 'application/x-www-form-urlencoded';
  }

  // credentials
  const schemes = definition.securityDefinitions ?? {};
  const security: Any[] = operation.security ?? definition.security ?? [];
  const names =
    security.length > 0 ? Object.keys(security[0]) : operation.security === undefined ? Object.keys(schemes) : [];
  const declared = inner.connectionParameterSets?.values?.[0]?.parameters ?? inner.connectionParameters ?? {};
  const tokens = Object.keys(declared).filter((name) => declared[name].type === 'oauthSetting');
  for (const name of names) {
    const { type, in: place, name: target } = schemes[name] ?? {};
    const secrets = Object.keys(declared).filter(
      (one) =>
        declared[one].type === 'securestring' &&
        !(JSON.stringify(schemes).includes('"basic"') && ['username', 'password'].includes(one)),
    );
    const key = values.api_key ?? (secrets.length === 1 ? values[secrets[0] ?? ''] : undefined);
    if (type === 'apiKey' && key !== undefined) {
      if (place === 'header') headers[target.toLowerCase()] = key;
      else query = [...query.filter(([other]) => other !== target), [target, enc(key)]];
    }
    if (type === 'basic' && (has(values, 'username') || has(values, 'password')))
      headers.authorization = `Basic ${btoa(`${values.username ?? ''}:${values.password ?? ''}`)}`;
    if (type === 'oauth2' && tokens[0] !== undefined) headers.authorization = `Bearer ${values[tokens[0]]}`;
  }
  if (Object.keys(schemes).length === 0 && tokens[0] !== undefined)
    headers.authorization = `Bearer ${values[tokens[0]]}`;

  // policies of the request, in order
  const scheme = (definition.schemes ?? ['https']).includes('https') ? 'https' : (definition.schemes[0] ?? 'https');
  const state = {
    method: verb.toUpperCase(),
    base: `${scheme}://${definition.host}${definition.basePath ?? ''}`.replace(/\/+$/, ''),
    path: `/${path.replace(/\{([^}]*)\}/g, (found, name) => variables[name] ?? found).replace(/^\/+/, '')}`,
  };
  const walk = (root: Any, text: string): Any =>
    [...text.matchAll(/\.([\w$-]+)|\[['"]?([^'"\]]+)['"]?\]/g)].reduce(
      (at: Any, [, dot, bracket]) => at?.[dot ?? bracket ?? ''],
      root,
    );
  const expression =
    /\{?@\{?(\w+)\((?:'([^']*)'(?:\s*,\s*'([^']*)')?)?\)((?:\.[A-Za-z_$][\w$]*|\[['"]?[^'"\]]+['"]?\])*)\}?/g;
  const insert = (text: string, item: Any, only?: string[]): string =>
    text.replace(expression, (found, name: string, first: string, preset: string, below: string) => {
      const lower = name.toLowerCase();
      if (only !== undefined && !only.includes(lower)) return found;
      if (lower === 'connectionparameters') return `${values[first] ?? preset ?? ''}${below}`;
      if (lower.startsWith('header')) return `${headers[first.toLowerCase()] ?? preset ?? ''}${below}`;
      if (lower === 'queryparameters')
        return `${decodeURIComponent(query.find(([other]) => other === first)?.[1] ?? enc(preset ?? ''))}${below}`;
      const value = walk(lower === 'item' ? item : body, below);
      if (!present(value)) throw new Error('nothing');
      return typeof value === 'string' ? value : JSON.stringify(value);
    });
  const sub = (text: string): string => (/^[[.]/.test(text) ? text : `.${text}`);
  const put = (root: Any, text: string, value: Any): void => {
    const keys = [...text.matchAll(/\.([\w$-]+)|\[['"]?([^'"\]]+)['"]?\]/g)].map(
      ([, dot, bracket]) => dot ?? bracket ?? '',
    );
    const last = keys.pop();
    const at = keys.reduce((below: Any, key) => {
      if (!present(below[key])) below[key] = {};
      return below[key];
    }, root);
    if (last !== undefined && typeof at === 'object') at[last] = value;
  };
  const fromRoot = (text: string): string => text.replace(/^@?\w+\(\)/, '');

  for (const instance of inner.policyTemplateInstances ?? []) {
    const get = (name: string): Any => instance.parameters[`x-ms-apimTemplateParameter.${name}`];
    const scope = instance.parameters['x-ms-apimTemplate-operationName'];
    const section = instance.parameters['x-ms-apimTemplate-policySection'] ?? 'Request';
    if ((scope !== undefined && ![scope].flat().includes(id)) || section !== 'Request') continue;
    const template = instance.templateId.toLowerCase();
    if (template === 'setheader') {
      const name = get('name').toLowerCase();
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) continue;
      const action = get('existsAction') ?? 'override';
      if (action === 'skip' && has(headers, name)) continue;
      headers[name] =
        action === 'append' && has(headers, name)
          ? `${headers[name]},${insert(get('value'), undefined)}`
          : insert(get('value'), undefined);
    } else if (template === 'setqueryparameter') {
      const name = decodeURIComponent(get('name'));
      const there = query.find(([other]) => decodeURIComponent(other) === name);
      const action = get('existsAction') ?? 'override';
      if (action === 'skip' && there !== undefined) continue;
      const value = enc(insert(get('value'), undefined)).replaceAll('%2C', ',');
      if (there === undefined) query.push([get('name'), value]);
      else there[1] = action === 'append' ? `${there[1]},${value}` : value;
    } else if (template === 'dynamichosturl') {
      state.base = insert(get('urlTemplate'), undefined).trim().replace(/\/+$/, '');
    } else if (template === 'routerequesttoendpoint') {
      const [to = '', more] = insert(get('newPath'), undefined)
        .replace(/\{([^}]*)\}/g, (found: string, name: string) => variables[name] ?? found)
        .split('?');
      state.path = `/${to.replace(/^\/+/, '')}`;
      for (const part of (more ?? '').split('&').filter(Boolean)) query.push(part.split('=') as [string, string]);
      const method = get('httpMethod') ?? '';
      if (method !== '' && !method.includes('OriginalHTTPMethod')) state.method = method;
    } else if (template === 'setvaluefromurl') {
      const [, kind, name = ''] = /^@(\w+)\('([^']*)'\)/.exec(get('parameterTemplate')) ?? [];
      if (kind?.startsWith('header')) headers[name.toLowerCase()] = '‹setvaluefromurl›';
      else query = [...query.filter(([other]) => other !== name), [name, enc('‹setvaluefromurl›')]];
    } else if (template === 'setproperty') {
      const found = walk(body, fromRoot(get('newPropertyParentPathTemplate')));
      const value: string = get('propertyValuePathTemplate');
      for (const parent of Array.isArray(found) ? found : [found]) {
        if (!isMap(parent)) continue;
        try {
          const bare = /^@(body|item)\(\)((?:\.[\w$]+|\[[^\]]+\])*)$/.exec(value);
          let result: Any =
            bare === null
              ? insert(value, parent, ['body', 'item'])
              : walk(bare[1] === 'item' ? parent : body, bare[2] ?? '');
          if (!present(result)) continue;
          if (typeof result === 'string' && /^\s*[[{]/.test(result)) {
            try {
              result = JSON.parse(result);
            } catch {
              // stays text
            }
          }
          put(parent, sub(get('newPropertySubPathTemplate')), result);
        } catch {
          // a source that is missing
        }
      }
    } else if (
      [
        'convertobjecttoarray',
        'convertarraytoobject',
        'stringtoarray',
        'stringreplace',
        'encodepropertyvalue',
      ].includes(template)
    ) {
      const found = walk(body, fromRoot(get('propertyParentPath')));
      const below = get('propertySubPath') ?? 'null';
      for (const parent of Array.isArray(found) ? found : [found]) {
        const source = below === 'null' ? parent : walk(parent, sub(below));
        let result: Any;
        if (template === 'convertobjecttoarray' && isMap(source))
          result = Object.entries(source).map(([key, value]) => ({
            [get('keyName') ?? 'key']: key,
            [get('valueName') ?? 'value']: value,
          }));
        if (template === 'convertarraytoobject' && Array.isArray(source)) {
          const by = get('keyWithinCollectionPath');
          const keep = String(get('retainKey') ?? 'true') !== 'false';
          result = Object.fromEntries(
            source
              .filter((one) => present(one?.[by]))
              .map((one) => [
                String(one[by]),
                keep ? one : Object.fromEntries(Object.entries(one).filter(([key]) => key !== by)),
              ]),
          );
        }
        if (typeof source === 'string') {
          if (template === 'stringtoarray') {
            const pieces = [''];
            for (const sign of source) {
              if (get('delimiterList').includes(sign)) pieces.push('');
              else pieces.push(`${pieces.pop()}${sign}`);
            }
            result = pieces.map((piece) => ({ [get('childPropertyName')]: piece }));
          }
          if (template === 'stringreplace')
            result = source.split(get('sourceString')).join(get('replacementString') ?? '');
          if (template === 'encodepropertyvalue') result = enc(source);
        }
        if (result === undefined) continue;
        const target: string = get('newPropertyPath');
        put(target.startsWith('@item') ? parent : body, fromRoot(target), result);
      }
    }
  }
  const search = query.map(([name, value]) => `${name}=${value}`).join('&');
  return { method: state.method, url: `${state.base}${state.path}${search === '' ? '' : `?${search}`}`, headers, body };
}
