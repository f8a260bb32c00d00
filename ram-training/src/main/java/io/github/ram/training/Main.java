package io.github.ram.training;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "ram-training",
        description = "Trains, evaluates and converts Recurrent Attention Models.",
        subcommands = {
            TrainCommand.class,
            EvaluateCommand.class,
            PredictCommand.class,
            ImportCommand.class,
            ExportCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /**
     * Runs a command.
     *
     * @return 0 if all went well, 1 if the command failed, 2 if it was called wrongly
     */
    static int run(String... arguments) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, commandLine, parse) -> {
                    commandLine.getErr().println("error: " + Failure.describe(exception));
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments);
    }
}
