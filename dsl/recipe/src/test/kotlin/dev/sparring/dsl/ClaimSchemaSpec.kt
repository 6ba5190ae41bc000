package dev.sparring.dsl

import com.networknt.schema.InputFormat
import com.networknt.schema.JsonSchemaFactory
import com.networknt.schema.SpecVersion
import dev.sparring.dsl.claim.CLAIM_KEYS
import dev.sparring.dsl.claim.RuleReader
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.readText
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject

class ClaimSchemaSpec :
    FreeSpec({
        val text = ClaimSchema.json()
        val schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text)
        fun problems(json: String) = schema.validate(json, InputFormat.JSON).map { it.message }

        "it has the settings and the kinds of rules that are read, and no others" {
            val properties =
                Json.parseToJsonElement(text).jsonObject.getValue("properties").jsonObject
            properties.keys shouldBe CLAIM_KEYS.toSet()
            val rule =
                properties.getValue("rule").jsonObject.getValue("anyOf").jsonArray[0].jsonObject
            rule.getValue("properties").jsonObject.keys shouldBe RuleReader.KINDS.keys
        }

        val start =
            """"claim": "a", "source": { "citation": "b", "place": "c" }, "sweep": "ring.yaml""""

        "what is wrong is not accepted" {
            problems("""{ $start, "rule": { "value": { "figure": "f", "least": 1 } } }""")
                .shouldBeEmpty()
            for (rule in
                listOf(
                    "[]",
                    "{}",
                    """{ "best": {} }""",
                    """{ "value": {} }""",
                    """{ "trend": { "figure": "f", "along": "a", "becomes": "good" } }""",
                    """{ "equal": { "figure": "f", "cell": { "a": 1 }, "than": { "a": 2 }, "within": 0 } }""",
                )) {
                withClue(rule) { problems("""{ $start, "rule": $rule }""").shouldNotBeEmpty() }
            }
            problems("{ $start }").shouldNotBeEmpty()
        }

        "samples are described by it" {
            for (file in Path.of("../../samples/claims").toFile().listFiles()!!) {
                if (!file.name.endsWith(".claim.yaml")) continue
                val found = schema.validate(file.toPath().readText(), InputFormat.YAML)
                withClue(file.name) { found.map { it.message }.shouldBeEmpty() }
            }
        }
    })
