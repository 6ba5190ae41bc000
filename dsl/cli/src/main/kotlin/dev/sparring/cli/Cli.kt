package dev.sparring.cli

import dev.sparring.cli.autopsy.AutopsyCommand
import dev.sparring.cli.bench.BenchCommand
import dev.sparring.cli.bench.MeasureCommand
import dev.sparring.cli.cache.CacheCommand
import dev.sparring.cli.claim.ClaimCommand
import dev.sparring.cli.classifier.ClassifierCommand
import dev.sparring.cli.compare.CompareCommand
import dev.sparring.cli.completion.CompletionCommand
import dev.sparring.cli.defaults.DefaultsStrategy
import dev.sparring.cli.explain.ExplainCommand
import dev.sparring.cli.latent.DirectionsCommand
import dev.sparring.cli.latent.NeighborsCommand
import dev.sparring.cli.latent.WalkCommand
import dev.sparring.cli.reproduce.ReproduceCommand
import dev.sparring.cli.runs.RunsCommand
import dev.sparring.cli.sweep.SweepCommand
import dev.sparring.data.DataException
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.extract.ExtractorException
import dev.sparring.file.Reason
import dev.sparring.recipe.RecipeException
import dev.sparring.run.RunException
import dev.sparring.safetensors.SafetensorsException
import dev.sparring.script.GanScriptHost
import dev.sparring.setting.Shown
import dev.sparring.tensor.EngineException
import dev.sparring.train.DivergedException
import java.io.IOException
import java.io.PrintStream
import java.io.PrintWriter
import java.io.UncheckedIOException
import java.nio.file.FileSystemException
import java.nio.file.InvalidPathException
import java.nio.file.Path
import picocli.CommandLine
import picocli.CommandLine.Command
import picocli.CommandLine.IVersionProvider

/** Runs one command; results go to [out], everything else to [err]. */
internal class Cli(
    private val out: PrintStream,
    private val err: PrintStream,
    private val environment: Map<String, String> = System.getenv(),
) {
    fun run(args: Array<String>): Int {
        val commands = commands(args.firstOrNull())
        return try {
            commands.execute(*args)
        } catch (e: OutOfMemoryError) {
            err.println(
                "sparring: out of memory (${e.message}); use a smaller recipe, or SPARRING_JAVA_OPTS=-Xmx4g"
            )
            ExitCode.BAD_INPUT
        } catch (e: LinkageError) {
            err.println("sparring: a class cannot be loaded: $e; jars of classes come by --with")
            ExitCode.BAD_INPUT
        } catch (_: StackOverflowError) {
            err.println("sparring: the input is nested too deeply")
            ExitCode.BAD_INPUT
        }
    }

    /**
     * The command line.
     *
     * @param asked the first argument: if it is a command that needs no others, these are left out,
     *   as building all of them takes a tenth of a start
     */
    fun commands(asked: String? = null): CommandLine {
        val terminal = Terminal(out, err, environment)
        val all =
            listOf(
                TrainCommand(terminal),
                RunCommand(),
                SampleCommand(terminal),
                WalkCommand(terminal),
                DirectionsCommand(terminal),
                NeighborsCommand(terminal),
                ExportCommand(terminal),
                EvalCommand(terminal),
                CheckCommand(terminal),
                DiffCommand(terminal),
                ProbeCommand(terminal),
                ConvertCommand(terminal),
                SchemaCommand(terminal),
                WordsCommand(terminal),
                BenchCommand(terminal),
                MeasureCommand(terminal),
                SweepCommand(terminal),
                ExplainCommand(terminal),
                ClaimCommand(terminal),
                RunsCommand(terminal),
                CompareCommand(terminal),
                ReportCommand(terminal),
                UiCommand(terminal),
                ReproduceCommand(terminal),
                AutopsyCommand(terminal),
                HelpCommand(terminal),
                CompletionCommand(terminal),
                CacheCommand(terminal),
                ClassifierCommand(terminal),
            )
        val alone = all.filter { it !is OfAllCommands && nameOf(it) == asked }
        val commands = CommandLine(Sparring())
        alone.ifEmpty { all }.forEach(commands::addSubcommand)
        commands
            .setOut(PrintWriter(out, true))
            .setErr(PrintWriter(err, true))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .registerConverter(Path::class.java, PathArgument)
        GlobalOptions.addTo(commands, terminal)
        commands.executionStrategy = DefaultsStrategy(terminal, environment)
        commands.parameterExceptionHandler =
            CommandLine.IParameterExceptionHandler { e, _ ->
                val command = e.commandLine.commandSpec.qualifiedName()
                err.println("sparring: ${Shown.line(Unmatched.reason(e))}; see: $command --help")
                ExitCode.BAD_INPUT
            }
        commands.executionExceptionHandler =
            CommandLine.IExecutionExceptionHandler { e, _, _ -> explain(e) }
        return commands
    }

    private fun nameOf(command: Any) = command.javaClass.getAnnotation(Command::class.java).name

    companion object {
        fun version(): String = Cli::class.java.`package`.implementationVersion ?: "development"
    }

    private fun explain(e: Exception): Int =
        when (e) {
            is DivergedException -> {
                err.println("sparring: ${Shown.lines("${e.message}")}")
                ExitCode.DIVERGED
            }
            is BadInput,
            is RecipeSyntaxException,
            is RecipeException,
            is DataException,
            is EngineException,
            is ExtractorException,
            is RunException,
            is SafetensorsException -> {
                val own = if (e is EngineException) e.stackTrace.firstOrNull(::isUsers) else null
                val message = Shown.lines("${e.message}")
                err.println(if (own == null) message else "${at(own)}: $message")
                ExitCode.BAD_INPUT
            }
            is InvalidPathException -> {
                err.println("sparring: ${PathArgument.problem(e)}")
                ExitCode.BAD_INPUT
            }
            else -> {
                val own = e.stackTrace.firstOrNull(::isUsers)
                val environment = environment(e)
                if (own == null && environment != null) {
                    err.println("sparring: ${Shown.line(environment)}")
                    ExitCode.BAD_INPUT
                } else if (own == null) {
                    err.println("sparring: this is a fault of ours, please report it:")
                    e.printStackTrace(err)
                    ExitCode.FAULT
                } else {
                    err.println("sparring: ${at(own)}: $e")
                    ExitCode.BAD_INPUT
                }
            }
        }

    /** What files, file names and the file system refuse is no fault of ours; null for all else. */
    private fun environment(e: Exception): String? =
        when (e) {
            is FileSystemException -> "${e.file ?: "a file"}: ${Reason.of(e)}"
            is IOException -> Reason.of(e)
            is UncheckedIOException -> e.cause?.let(::environment)
            else -> null
        }

    private fun at(frame: StackTraceElement) =
        "in code of your own, ${frame.className}.${frame.methodName} " +
            "(${frame.fileName}:${frame.lineNumber})"

    /** Whether code of a script or of a jar of `--with` is running there. */
    private fun isUsers(frame: StackTraceElement) =
        frame.classLoaderName in listOf(Words.LOADER, GanScriptHost.LOADER) ||
            frame.fileName?.endsWith(".gan.kts") == true
}

/** A command that looks at all others. */
internal interface OfAllCommands

/** A mistake of the user, in lines that can be shown as they are. */
internal class BadInput(message: String, cause: Throwable? = null) : Exception(message, cause)

@Command(
    name = "sparring",
    description = ["Trains generative adversarial networks from recipes."],
    mixinStandardHelpOptions = true,
    versionProvider = Version::class,
    synopsisSubcommandLabel = "COMMAND",
)
private class Sparring : Runnable {
    @CommandLine.Spec lateinit var spec: CommandLine.Model.CommandSpec

    override fun run() {
        val shown = spec.subcommands().filterValues { !it.commandSpec.usageMessage().hidden() }
        val words = shown.keys.joinToString(", ")
        throw CommandLine.ParameterException(spec.commandLine(), "missing command: one of $words")
    }
}

private class Version : IVersionProvider {
    override fun getVersion(): Array<String> = arrayOf("sparring ${Cli.version()}")
}
