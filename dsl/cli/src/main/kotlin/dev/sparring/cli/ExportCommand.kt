package dev.sparring.cli

import dev.sparring.dsl.RecipeText
import dev.sparring.onnx.OnnxExport
import dev.sparring.run.Runs
import java.nio.file.Path
import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option
import picocli.CommandLine.Parameters

@Command(
    name = "export",
    description = ["Writes a run's generator for programs that run it without Sparring."],
    mixinStandardHelpOptions = true,
)
internal class ExportCommand(private val terminal: Terminal) : Callable<Int> {
    internal enum class Format {
        ONNX
    }

    @Parameters(paramLabel = "RUN", description = ["a run directory"]) lateinit var run: Path

    @Option(names = ["--to"], required = true, paramLabel = "onnx", description = ["format"])
    lateinit var to: Format

    @Option(
        names = ["--out"],
        paramLabel = "FILE.onnx",
        description = ["the model (default: RUN/generator.onnx)"],
    )
    var output: Path? = null

    @Mixin lateinit var engines: EngineOptions

    override fun call(): Int {
        val directory = existingRun(run)
        val recipe = RecipeText.read(directory.recipe())
        val checkpoint = Runs.latest(directory)
        val file = output ?: run.resolve("generator.onnx")
        val model =
            writing(file, "generator.onnx") {
                engines.open(recipe.train.precision).use { engine ->
                    OnnxExport.write(directory, checkpoint, recipe, engine, file)
                }
            }
        terminal.log(
            "step ${checkpoint.progress().step()} as ONNX opset ${model.opset}, " +
                "IR version ${model.irVersion}: ${model.signature}"
        )
        terminal.out.println(file)
        return ExitCode.DONE
    }
}
