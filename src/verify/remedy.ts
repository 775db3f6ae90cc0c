/** What a red check asks for, and what the operator can do about it. */
type Remedy = { readonly sign: RegExp; readonly advice: (match: RegExpExecArray) => string };

const services: Readonly<Record<string, string>> = {
  "1433": "SQL Server",
  "27017": "MongoDB",
  "3306": "MySQL",
  "5432": "PostgreSQL",
  "5672": "RabbitMQ",
  "6379": "Redis",
  "9092": "Kafka",
  "9200": "Elasticsearch",
};

/** The signs that are seen most, the surest first. */
const remedies: readonly Remedy[] = [
  {
    sign: /ECONNREFUSED[^\n]*?:(\d{2,5})\b|ECONNREFUSED[\s\S]{0,200}?port: (\d{2,5})/,
    advice: (match) => {
      const port = match[1] ?? match[2] ?? "";
      const name = services[port];
      const what = name === undefined ? `a server on port ${port}` : `${name} on port ${port}`;
      return `its checks want ${what}: have it started with them in grants.services, or leave them out with checks`;
    },
  },
  {
    sign: /could not find a working container runtime|Cannot connect to the Docker daemon|spawn docker ENOENT/i,
    advice: () => "its checks start containers: have what they need started in grants.services, or name other checks",
  },
  {
    sign: /(?:getaddrinfo|EAI_AGAIN|ENOTFOUND)[^\n]*?\b((?!ENOTFOUND|EAI_AGAIN)[\w-]+(?:\.[\w-]+)+)/,
    advice: ([, host = ""]) =>
      `its checks want to reach ${host}: allow it in grants.network.hosts, or leave them out with checks`,
  },
  {
    sign: /@prisma\/client did not initialize|Cannot find module '\.prisma\/client|has no exported member 'PrismaClient'|prisma generate/,
    advice: () =>
      'its Prisma client is not generated: name the script that does it in checks.prepare, and allow the install scripts of "@prisma/engines" in grants.installScripts',
  },
  {
    sign: /(?:Could not locate the bindings file|Cannot find module [^\n]*\.node\b|invalid ELF header)[\s\S]{0,400}?node_modules\/((?:@[\w.-]+\/)?[\w.-]+)/,
    advice: ([, name = ""]) => `${name} has to be built: allow its install script in grants.installScripts`,
  },
  {
    sign: /Executable doesn't exist at|browserType\.launch|Could not find (?:Chrome|browser)/,
    advice: () => "its tests start a browser that is not there: name other tests in checks.test",
  },
  {
    sign: /EROFS[^\n]*node_modules/,
    advice: () => "its checks write into installed packages, which cannot be layered here: see nightsweep doctor",
  },
  {
    sign: /Environment variable not found: (\w+)/,
    advice: ([, name = ""]) => `its checks want the variable ${name}: give it by name in grants.environment`,
  },
  {
    sign: /(?:missing|invalid|required)[^\n]{0,40}environment variables?|environment variables?[^\n]{0,60}(?:missing|required|not (?:set|defined|found))/i,
    advice: () => "its checks want variables of the environment: give them by name in grants.environment",
  },
  {
    sign: /more than limits\.(\w+) allows/,
    advice: ([, name = ""]) => `it needs more than limits.${name} allows`,
  },
  {
    sign: /waited for longer than limits\.idleMinutes/,
    advice: () => "it waits for something that does not come: name other checks, or have it started in grants.services",
  },
];

/** Says what an operator can do about checks that are red before anything is changed, as far as their outputs tell. */
export function remediesFor(outputs: readonly string[]): readonly string[] {
  const found = outputs.flatMap((output) => {
    const hit = remedies.flatMap(({ sign, advice }) => {
      const match = sign.exec(output);
      return match === null ? [] : [advice(match)];
    })[0];
    return hit ?? [];
  });
  return [...new Set(found)];
}
