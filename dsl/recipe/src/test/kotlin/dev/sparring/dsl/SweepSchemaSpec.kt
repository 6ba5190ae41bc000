package dev.sparring.dsl

import com.networknt.schema.InputFormat
import com.networknt.schema.JsonSchemaFactory
import com.networknt.schema.SpecVersion
import dev.sparring.dsl.sweep.CompareReader
import dev.sparring.dsl.sweep.SWEEP_KEYS
import dev.sparring.dsl.text.EnumSchema
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.readText
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

class SweepSchemaSpec :
    FreeSpec({
        val text = SweepSchema.json()
        val schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text)
        fun problems(json: String) = schema.validate(json, InputFormat.JSON).map { it.message }

        fun JsonObject.at(vararg path: String): JsonObject =
            path.fold(this) { node, key -> node.getValue(key).jsonObject }

        "it has the settings that are read, and no others" {
            val root = Json.parseToJsonElement(text).jsonObject
            root.at("properties").keys shouldBe SWEEP_KEYS.toSet()
            val compare = root.at("properties", "compare", "properties")
            compare.keys shouldBe CompareReader.KEYS.toSet()
            compare.at("test").getValue("enum").jsonArray.map { it.jsonPrimitive.content } shouldBe
                EnumSchema(ComparisonTest::class.java).words.keys.toList()
        }

        val start = """"recipe": "ring.yaml", "seeds": [1, 2]"""

        "what is right is accepted" {
            listOf(
                    start,
                    """"recipe": "ring.yaml", "seeds": 5, "measure": "loss_d"""",
                    """$start, "axes": { "discriminator.norm": ["none", { "type": "bssn" }] }""",
                    """$start, "compare": { "baseline": { "loss": "hinge" }, "test": "paired",
                       "figures": ["loss_d"], "lower": "loss_d" }""",
                    """"seeds": 1, "recipe": { "data": "ring",
                       "generator": { "latent": 2, "layers": [{ "type": "dense", "units": 2 }] },
                       "discriminator": { "layers": [{ "type": "dense", "units": 1 }] } }""",
                )
                .forEach { withClue(it) { problems("{ $it }").shouldBeEmpty() } }
        }

        "what is wrong is not" {
            listOf(
                    """"seeds": 1""",
                    """$start, "axis": {}""",
                    """"recipe": "ring.yaml", "seeds": 0""",
                    """$start, "name": "a b"""",
                    """$start, "compare": {}""",
                    """$start, "compare": { "baseline": { "a": "b" }, "test": "t" }""",
                    """$start, "compare": { "baseline": { "a": "b" }, "figures": [] }""",
                    """"seeds": 1, "recipe": { "data": "ring" }""",
                )
                .forEach { withClue(it) { problems("{ $it }").shouldNotBeEmpty() } }
        }

        "samples are described by it" {
            for (name in listOf("sweeps/ring-norms.yaml", "studies/bssn/norms.yaml")) {
                val yaml = Path.of("../../samples").resolve(name).readText()
                schema.validate(yaml, InputFormat.YAML).map { it.message }.shouldBeEmpty()
            }
        }
    })
