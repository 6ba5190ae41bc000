package dev.sparring.dsl

import com.networknt.schema.InputFormat
import com.networknt.schema.JsonSchemaFactory
import com.networknt.schema.SchemaId
import com.networknt.schema.SchemaLocation
import com.networknt.schema.SpecVersion
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.property.checkAll
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject

class RecipeSchemaSpec :
    FreeSpec({
        val factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        val schema = factory.getSchema(RecipeSchema.json())
        fun problems(json: String) = schema.validate(json, InputFormat.JSON).map { it.message }

        "the schema is a valid schema" {
            factory
                .getSchema(SchemaLocation.of(SchemaId.V202012))
                .validate(RecipeSchema.json(), InputFormat.JSON)
                .shouldBeEmpty()
        }

        "it accepts the texts that are written" {
            checkAll(50, shallowRecipes) {
                problems(RecipeText.toJson(it)).shouldBeEmpty()
                problems(RecipeText.toJson(it, full = true)).shouldBeEmpty()
            }
        }

        "it accepts editors' \$schema key" {
            problems(RecipeText.toJson(kotlinFace).replaceFirst("{", "{\"\\u0024schema\": \"x\","))
                .shouldBeEmpty()
        }

        "it refuses texts that the reader refuses" {
            val good = RecipeText.toJson(kotlinFace)
            val bad =
                listOf(
                    "\"latent\": 64" to "\"latnet\": 64",
                    "\"latent\": 64" to "\"latent\": \"64\"",
                    "\"latent\": 64" to "\"latent\": 6.4",
                    "\"latent\": 64" to "\"latent\": 3000000000",
                    "\"loss\": \"hinge\"" to "\"loss\": \"hnige\"",
                    "\"loss\": \"hinge\"" to "\"loss\": {}",
                    "\"loss\": \"hinge\"" to "\"loss\": { \"type\": \"hinge\", \"scale\": 1 }",
                    "\"fans\": \"pytorch\"" to "\"fans\": \"keras\"",
                    "\"units\": 1024" to "\"bias\": true",
                    "\"relu\"" to "\"dense\"",
                    "\"data\": \"digits\"," to "",
                )
            for ((from, to) in bad) {
                withClue("$from -> $to") {
                    (from in good) shouldBe true
                    problems(good.replaceFirst(from, to)).shouldNotBeEmpty()
                }
            }
        }

        "it knows the defaults" {
            val definitions = Json.parseToJsonElement(RecipeSchema.json()).jsonObject["\$defs"]!!
            fun default(record: String, setting: String) =
                definitions.jsonObject[record]!!
                    .jsonObject["properties"]!!
                    .jsonObject[setting]!!
                    .jsonObject["default"]
            default("Conv", "kernel") shouldBe JsonPrimitive(3)
            default("Conv", "filters") shouldBe null
            default("Adam", "lr").toString() shouldBe "0.0002"
            default("Bssn", "power")!!.jsonObject["iterations"] shouldBe JsonPrimitive(1)
        }

        "it explains every record, choice and setting" {
            val definitions = Json.parseToJsonElement(RecipeSchema.json()).jsonObject["\$defs"]!!
            for ((name, definition) in definitions.jsonObject) {
                withClue(name) { ("description" in definition.jsonObject) shouldBe true }
                val settings = definition.jsonObject["properties"]?.jsonObject.orEmpty() - "type"
                for ((setting, schema) in settings) {
                    withClue("$name.$setting") {
                        ("description" in schema.jsonObject) shouldBe true
                    }
                }
            }
            val conv = definitions.jsonObject["Conv"]!!.jsonObject["properties"]!!.jsonObject
            conv["stride"]!!.jsonObject["description"] shouldBe
                JsonPrimitive("step between positions in pixels")
        }

        "it distinguishes alternatives by their words" {
            val definitions = Json.parseToJsonElement(RecipeSchema.json()).jsonObject["\$defs"]!!
            val loss = definitions.jsonObject["Loss"] as JsonObject
            loss["oneOf"]!!.jsonArray.size shouldBe 10
        }
    })
