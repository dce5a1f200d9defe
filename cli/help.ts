import type { Command } from './flags';

const platform = `Platform:
  --platform-address <platform access URL>   The access URL of the platform, e.g., "https://example.com"
  --platform-username <platform user>        The user name of the platform user
  --platform-password <platform password>    The password of the platform user (or VIOLET_PLATFORM_PASSWORD)
  --platform-token <platform token>          A token instead of both (or VIOLET_PLATFORM_TOKEN)
  --client-id <OAuth client ID>              The OAuth client for passwords (default "alauda-auth")
  PLATFORM_CA                                The file of the platform's certificate authority`;

const common = `  --json                                     JSON instead of text
  --debug                                    Use debug log level
  -h, --help                                 This text`;

const texts: Record<Command, string> = {
  create: `violet create FOLDER: packs an operator bundle, a cluster plugin's chart or a chart with its images

  --artifact <registry/repository:tag>       The name of the bundle or chart image
  --images <folder>                          An OCI image layout that has the images; may be repeated
  --skip-package-images                      Leave the images out
  --platforms <linux/amd64,linux/arm64>      What it runs on (default: what the images say)
  --default-catalog-source <name>            The catalog that an operator is for (default "platform")
  --output <file or folder>                  Where the package goes (default: here)
${common}`,
  show: `violet show PACKAGE: previews a package

  --all                                      Also its artifact and related images
${common}`,
  verify: `violet verify FILE|FOLDER: verifies packages by the .sig or .sha256 file beside them

  --keyring <file>                           Trust the public keys in this file instead of your GPG keyring
                                             (or VIOLET_KEYRING)
${common}

Ends with 0 when all are verified, 1 when one fails, 3 when one has no verification file.`,
  push: `violet push FILE|FOLDER: uploads packages to the platform

  --clusters <cluster names>                 Target clusters of operators, separated by commas (default "global")
  --target-catalog-source <name>             The catalog that operators go to (default "platform")
  --target-chartrepo <name>                  The chart repository, which is "public-charts"
  --skip-crs                                 Push images only
  --skip-push                                Create resources only

Image registry (default: the platform's own):
  --dest-repo <image repository address>     The destination registry, e.g., "harbor.demo.io"
  --username <registry user>                 The user name of that registry
  --password <registry password>             The password of that registry (or VIOLET_REGISTRY_PASSWORD)
  --no-auth                                  The registry does not require authentication
  --plain                                    The registry uses HTTP instead of HTTPS

${platform}
${common}`,
  list: `violet list: lists what is installed, for the next upgrade

  --output-file <output file>                The list's file (default "apps.yaml")
  --clusters <cluster names>                 These clusters only, separated by commas

${platform}
${common}`,
};

/** What `--help` prints. */
export function help(command?: Command): string {
  if (command) return `${texts[command]}\n`;
  return `violet: packages of the marketplace

  violet create FOLDER        pack an operator bundle, a cluster plugin or a chart
  violet show PACKAGE         preview a package
  violet verify FILE|FOLDER   verify signatures and checksums
  violet push FILE|FOLDER     upload to the platform
  violet list                 list what is installed

violet COMMAND --help tells the flags of a command.
`;
}
