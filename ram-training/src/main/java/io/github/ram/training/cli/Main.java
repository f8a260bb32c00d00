package io.github.ram.training.cli;

import io.github.ram.model.graph.NativeLibraries;
import io.github.ram.training.cli.option.Failure;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. Start here. */
@Command(
        name = "ram-training",
        description = "Trains, evaluates and converts models of visual attention.",
        subcommands = {
            TrainCommand.class,
            SweepCommand.class,
            ReportCommand.class,
            EvaluateCommand.class,
            PredictCommand.class,
            ModelsCommand.class,
            DescribeCommand.class,
            ExplainCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            CalibrateCommand.class,
            AverageCommand.class,
            BenchmarkCommand.class,
            TrainingBenchmark.class
        },
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT, // every command has --help and --version
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class Main implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /**
     * Runs a command.
     *
     * @return 0 on success, 1 if the command failed, 2 if its arguments are wrong
     */
    static int run(String... arguments) {
        int exit;
        try {
            exit = execute(arguments);
        } catch (OutOfMemoryError e) {
            System.err.printf(
                    Locale.ROOT,
                    "error: the memory is not enough (%s): choose a smaller --batch-size or --image-size, or give Java"
                            + " more memory by -Xmx%n",
                    e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        } catch (LinkageError e) {
            System.err.println("error: " + NativeLibraries.describe(e).orElseThrow(() -> e));
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (System.out.checkError()) {
            System.err.println("error: standard output cannot be written: its disk may be full, or its reader is gone");
            return CommandLine.ExitCode.SOFTWARE;
        }
        return exit;
    }

    private static int execute(String... arguments) {
        return new CommandLine(new Main())
                .registerConverter(Path.class, new PathConverter())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::rejectArguments)
                .setExecutionExceptionHandler((exception, commandLine, parse) -> {
                    commandLine.getErr().println("error: " + Failure.describe(exception));
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments);
    }

    /** Prints the usage: no command was given. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    private static int rejectArguments(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        command.getErr()
                .printf(
                        Locale.ROOT,
                        "error: %s; see %s --help%n",
                        Failure.describe(exception),
                        command.getCommandSpec().qualifiedName());
        return CommandLine.ExitCode.USAGE;
    }
}
