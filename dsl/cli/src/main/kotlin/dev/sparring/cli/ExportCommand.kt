package dev.sparring.cli

import dev.sparring.file.Reason
import dev.sparring.onnx.OnnxExport
import dev.sparring.run.RunDirectory
import dev.sparring.tensorboard.TensorBoardExport
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option
import picocli.CommandLine.Parameters

@Command(
    name = "export",
    description =
        [
            "Writes a run's generator (onnx) or its metrics and pictures (tensorboard) for other programs."
        ],
    mixinStandardHelpOptions = true,
)
internal class ExportCommand(private val terminal: Terminal) : Callable<Int> {
    internal enum class Format {
        ONNX,
        TENSORBOARD,
    }

    @Parameters(paramLabel = "RUN", description = ["a run directory"]) lateinit var run: Path

    @Option(
        names = ["--to"],
        required = true,
        paramLabel = "onnx|tensorboard",
        description = ["format"],
    )
    lateinit var to: Format

    @Option(
        names = ["--out"],
        paramLabel = "FILE.onnx|DIR",
        description =
            [
                "the model (default: RUN/generator.onnx), or the folder of the event file " +
                    "(default: RUN/tensorboard)"
            ],
    )
    var output: Path? = null

    @Mixin val chosen: CheckpointOption = CheckpointOption()

    @Mixin lateinit var engines: EngineOptions

    @Mixin val own: WordOptions = WordOptions()

    override fun call(): Int {
        val directory = existingRun(run)
        when (to) {
            Format.ONNX -> model(directory)
            Format.TENSORBOARD -> events(directory)
        }
        return ExitCode.DONE
    }

    private fun model(directory: RunDirectory) {
        val recipe = LoadedRecipe.of(directory, own.words).recipe
        chosen.read(directory) {}
        val file = output ?: run.resolve("generator.onnx")
        val (step, model) =
            writing(file, "generator.onnx") {
                engines.openToLook(recipe.train, terminal::log).use { engine ->
                    chosen.read(directory) {
                        it.progress().step to OnnxExport.write(directory, it, recipe, engine, file)
                    }
                }
            }
        terminal.log(
            "step $step as ONNX opset ${model.opset}, " +
                "IR version ${model.irVersion}: ${model.signature}"
        )
        terminal.out.println(file)
    }

    private fun events(directory: RunDirectory) {
        if (chosen.from != null) {
            throw BadInput(
                "--checkpoint: goes with --to onnx; event files have all steps of the run"
            )
        }
        val folder = output ?: directory.tensorboard()
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw BadInput("--out: '$folder' is a file; expected a folder for the event file")
        }
        try {
            terminal.out.println(TensorBoardExport.write(directory, folder, terminal::log))
        } catch (e: IOException) {
            throw BadInput("--out: " + Reason.line(e, folder, "cannot be written"), e)
        }
    }
}
