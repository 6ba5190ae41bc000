package dev.sparring.cli

import ai.onnx.proto.OnnxMl.ModelProto
import dev.sparring.run.RunDirectory
import dev.sparring.safetensors.Safetensors
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.maps.shouldContainAll
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import java.nio.ByteOrder
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.inputStream
import kotlin.io.path.readText

class ExportSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)
        val run = bench.path("run")
        bench.sparring("train", recipe, "--out", run, "--steps", 3).code shouldBe 0

        "export leaves a model in the run directory" {
            val file = run.resolve("generator.onnx")
            bench.sparring("export", run, "--to", "onnx") shouldBe
                Outcome(
                    0,
                    "$file\n",
                    "step 3 as ONNX opset 13, IR version 7: " +
                        "latent (batch, 4) -> image (batch, 1, 8, 8)\n",
                )
            val model = read(file)
            model.graph.nodeList.map { it.opType } shouldBe
                listOf("Gemm", "Reshape", "BatchNormalization", "Relu", "ConvTranspose", "Tanh")
            val metadata = model.metadataPropsList.associate { it.key to it.value }
            metadata shouldContainAll
                mapOf(
                    "recipe" to "small",
                    "seed" to "42",
                    "checkpoint.step" to "3",
                    "noise" to "normal, each element from N(0, 1)",
                )
            run.resolve("run.json").readText() shouldContain
                "\"recipe\" : \"${metadata["recipe.sha256"]}\""
        }

        "the model has the newest checkpoint's weights under their names" {
            val weights =
                Safetensors.open(
                    RunDirectory(run).checkpoint(3).path().resolve("generator.safetensors")
                )
            val model = read(run.resolve("generator.onnx"))
            weights.names().forEach { name ->
                val tensor = model.graph.initializerList.single { it.name == name }
                val data = tensor.rawData.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN)
                DoubleArray(weights.shape(name).elements()) { data.getFloat().toDouble() } shouldBe
                    weights.doubles(name)
            }
        }

        "a run can be resumed after an export" {
            bench.sparring("train", recipe, "--out", run, "--steps", 4, "--resume").code shouldBe 0
            val file = bench.path("deep/er.onnx")
            bench.sparring("export", run, "--to", "ONNX", "--out", file).err shouldStartWith
                "step 4 as "
            read(file) shouldNotBe read(run.resolve("generator.onnx"))
        }

        "the input of a model that generates images from images is named source" {
            val edges = bench.path("edges")
            bench.sparring("train", bench.file("edges.yaml", EDGES), "--out", edges).code shouldBe 0
            bench.sparring("export", edges, "--to", "onnx").err shouldBe
                "step 2 as ONNX opset 13, IR version 7: " +
                    "source (batch, 1, 8, 8) -> image (batch, 1, 8, 8)\n"
            val model = read(edges.resolve("generator.onnx"))
            model.metadataPropsList.single { it.key == "source" }.value shouldBe
                "an image, NCHW; -1 is dark, 1 is bright"
            model.metadataPropsList.none { it.key == "noise" } shouldBe true
        }

        "export refuses a folder as its file" {
            val folder = bench.path("folder").apply { toFile().mkdirs() }
            bench.sparring("export", run, "--to", "onnx", "--out", folder) shouldBe
                Outcome(
                    2,
                    "",
                    "--out: '$folder' is a folder; expected a file such as generator.onnx\n",
                )
        }

        "a run without a checkpoint leaves no model" {
            val begun = bench.path("begun").apply { toFile().mkdirs() }
            bench.file("begun/recipe.yaml", Workbench.SMALL)
            bench.sparring("export", begun, "--to", "onnx") shouldBe
                Outcome(2, "", "$begun: no run with a checkpoint here; expected a run directory\n")
            begun.resolve("generator.onnx").exists() shouldBe false
        }
    }) {
    private companion object {
        val EDGES =
            """
            name: edges
            data: { type: edges, of: digits }
            generator: { layers: [{ type: conv, filters: 1 }, tanh] }
            discriminator: { layers: [{ type: conv, filters: 1, kernel: 4, stride: 2 }] }
            terms: [reconstruction]
            train: { steps: 2, batch: 4 }
            """
                .trimIndent()
    }
}

private fun read(file: Path): ModelProto = file.inputStream().use(ModelProto::parseFrom)
