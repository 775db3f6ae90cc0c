import { NightsweepError } from "./core/errors.ts";
import { nightScheduleSchema } from "./core/schedule-schema.ts";
import { appManifest, appPermissions, newAppAddress } from "./io/github-app.ts";
import { writeFirstFiles, type Beginning } from "./io/first-files.ts";
import type { Session } from "./session.ts";

/** What the command line says; the rest is asked for, or left at its default. */
type Wish = {
  readonly repository: readonly string[];
  readonly forge: Beginning["forge"];
  readonly app?: string | undefined;
  readonly organisation?: string | undefined;
  readonly window?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly slack?: string | undefined;
  readonly policy: Beginning["policy"];
};

const appName = "nightsweep";
const usualWindow = "22:00-06:00";

/** Writes the first files and says what to do next. Throws USAGE for what no configuration would take. */
export async function begin(session: Session, wish: Wish): Promise<void> {
  const { terminal, currentDirectory } = session;
  const beginning = await settle(session, wish);
  for (const file of await writeFirstFiles(currentDirectory, beginning)) terminal.print(`written: ${file}`);
  if (beginning.forge === "github") for (const line of gitHubSteps(beginning, wish)) terminal.print(line);
  terminal.print("");
  terminal.print("Next: nightsweep doctor looks whether all that a night needs is there;");
  terminal.print("      nightsweep run --dry-run does everything but publish.");
}

/** Prints the manifest alone, for those who make apps by program. */
export function printManifest({ terminal }: Session): void {
  terminal.print(JSON.stringify(appManifest(appName), null, 2));
}

async function settle(session: Session, wish: Wish): Promise<Beginning> {
  const repositories = wish.repository.length > 0 ? wish.repository : await askForRepository(session);
  return {
    ...{ repositories, forge: wish.forge, policy: wish.policy },
    ...(await settleSchedule(session, wish)),
    ...(wish.app === undefined ? {} : { appId: appIdOf(wish.app) }),
    ...(wish.slack === undefined ? {} : { slackWebhookEnv: wish.slack }),
  };
}

async function askForRepository({ ask }: Session): Promise<readonly string[]> {
  const answer = answered(await ask?.("Which repository? A path or a URL: "));
  if (answer === undefined) throw new NightsweepError("USAGE", "init needs --repository, and may have several");
  return [answer];
}

async function settleSchedule({ ask }: Session, wish: Wish): Promise<Pick<Beginning, "window" | "timeZone">> {
  const window = wish.window ?? answered(await ask?.(`In which hours may it work? [${usualWindow}] `));
  const timeZone = wish.timeZone ?? answered(await ask?.(`In which time zone? [${ownTimeZone()}] `));
  const schedule = nightScheduleSchema.safeParse({
    window: window ?? usualWindow,
    timeZone: timeZone ?? ownTimeZone(),
  });
  if (schedule.success) return schedule.data;
  throw new NightsweepError("USAGE", schedule.error.issues.map(({ message }) => message).join("; "));
}

function appIdOf(text: string): number {
  const appId = Number(text);
  if (Number.isInteger(appId)) return appId;
  throw new NightsweepError("USAGE", "--app takes a number");
}

function answered(answer: string | undefined): string | undefined {
  return answer === undefined || answer.trim() === "" ? undefined : answer.trim();
}

/** The one of this machine. */
function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function gitHubSteps({ appId }: Beginning, { organisation }: Wish): readonly string[] {
  const permissions = appPermissions().map(
    ({ name, level, must, for: purpose }) => `     ${name}: ${level}, ${purpose}${must ? "" : " (may be left out)"}`,
  );
  const app =
    appId === undefined
      ? [
          "  1. Make a GitHub App; this address has its form filled in:",
          `     ${newAppAddress(appName, organisation)}`,
          "     It asks for these permissions of a repository, for no event and no webhook:",
          ...permissions,
          "  2. Generate a private key on its page, and put its text into NIGHTSWEEP_PRIVATE_KEY.",
          '  3. Write its id into daemon.config.ts: forge: { kind: "github", app: { id: ... } }.',
        ]
      : ["  1. Put the app's private key into NIGHTSWEEP_PRIVATE_KEY. It needs these permissions:", ...permissions];
  return [
    "",
    "On GitHub:",
    ...app,
    "  Last: install the app on the repositories. Instead of an app, a fine-grained token in GITHUB_TOKEN does.",
  ];
}
