import type { Pattern } from '#src/logs/digest/types.ts';

/** How a language writes a frame of a trace: group 1 is its file or class. `innermostLast`: the frame that failed stands at the bottom. */
type FrameForm = { frame: RegExp; library: RegExp; innermostLast?: true };

/** To know one more language is one more entry here. */
const forms: readonly FrameForm[] = [
  // Java, Kotlin, Scala
  {
    frame: /^\s*at ((?:[\w.-]+(?:@[\w.-]+)?\/)?[\w$.]+)\([\w$-]+\.(?:java|kt|scala|groovy):\d+\)/,
    library:
      /^(?:java\.base\/|jdk\.|app\/\/)?(?:javax?|jakarta|jdk|sun|com\.sun|kotlinx?|scala|groovy|org\.(?:springframework|apache|hibernate|junit|eclipse|jboss|postgresql|slf4j|flywaydb|jetbrains|gradle)|io\.(?:netty|micrometer|grpc|reactivex|projectreactor|undertow|quarkus|vertx)|reactor|akka|okhttp3|retrofit2|ch\.qos|com\.(?:zaxxer|mysql|fasterxml|google|mongodb|rabbitmq|amazonaws|microsoft))\./,
  },
  // .NET, where the source is known
  { frame: /^\s*at .+ in (.+?):line \d+\s*$/, library: /[/\\](?:_|packages|\.nuget)[/\\]/ },
  // Node and browsers
  {
    frame: /^\s*at (?:.*\()?((?:file:\/\/)?(?:[A-Za-z]:)?[^\s()]*\.[cm]?[jt]sx?):\d+(?::\d+)?\)?\s*$/,
    library: /node_modules|^node:|(?:^|\/)internal\//,
  },
  // Python
  { frame: /^\s*File "([^"<]+)", line \d+/, library: /site-packages|dist-packages|\/lib\/python[\d.]*\//, innermostLast: true },
  // The same, drawn by rich
  { frame: /^│ (\S+\.py:\d+) in \S+ +│$/, library: /site-packages|dist-packages|\/lib\/python[\d.]*\//, innermostLast: true },
  // Go
  {
    frame: /^\s+(\S+\.go):\d+(?: \+0x[0-9a-f]+)?\s*$/,
    library: /\/(?:go|sdk\/go[\d.]*)\/(?:src|pkg)\/|\/go\d?[\d.]*\/src\/|^\/usr\/lib\/go|\/vendor\//,
  },
  // PHP
  { frame: /^\s*#\d+ (\S+\.php)\(\d+\)/, library: /\/vendor\// },
  // Ruby
  { frame: /^\s*(?:from |# )?(\S+\.(?:rb|erb)):\d+:in /, library: /\/gems\/|\/lib\/ruby\/|<internal:/ },
  // Rust
  { frame: /^\s+at (\S+\.rs):\d+(?::\d+)?\s*$/, library: /\/rustc\/|\.cargo\/|^library\// },
];

/** The frame of our own code that stands nearest to the failure, as it stands in a sample; null where the trace names none. */
export const ownFrameOf = ({ samples }: Pick<Pattern, 'samples'>): string | null => {
  const lines = (samples[0]?.text ?? '').split('\n').slice(0, MOST_LINES);
  if (lines.length < 2) return null;
  for (const { frame, library, innermostLast } of forms) {
    const own = lines.filter((line) => {
      const where = frame.exec(line)?.[1];
      return where !== undefined && !library.test(where);
    });
    const nearest = innermostLast ? own.at(-1) : own[0];
    if (nearest && nearest.length <= LONGEST)
      return nearest
        .replace(/^│|│$/g, '')
        .trim()
        .replace(/ \+0x[0-9a-f]+$/, '');
  }
  return null;
};

const MOST_LINES = 400;
const LONGEST = 200;
