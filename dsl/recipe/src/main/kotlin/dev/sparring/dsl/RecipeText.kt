package dev.sparring.dsl

import dev.sparring.dsl.text.Detail
import dev.sparring.dsl.text.Fields
import dev.sparring.dsl.text.Form
import dev.sparring.dsl.text.Items
import dev.sparring.dsl.text.Node
import dev.sparring.dsl.text.NodeReader
import dev.sparring.dsl.text.YamlPrinter
import dev.sparring.dsl.text.YamlTree
import dev.sparring.dsl.text.jsonTree
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import java.io.IOException
import java.nio.charset.CharacterCodingException
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import kotlin.io.path.extension
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject

/**
 * Recipes as text. What a text leaves out takes its default; an alternative without settings may be
 * its bare word, `loss: hinge` for `loss: { type: hinge }`. A key `$schema` at the top is for
 * editors and means nothing here.
 */
public object RecipeText {
    private const val SCHEMA = "\$schema"
    @JvmSynthetic internal val recipeForm: Form = Form.of(Recipe::class.java)
    private val printer = Json {
        prettyPrint = true
        @OptIn(kotlinx.serialization.ExperimentalSerializationApi::class)
        prettyPrintIndent = "  "
    }

    /**
     * The recipe that a YAML text describes.
     *
     * @param source what messages call the text, usually the file's name
     * @throws RecipeSyntaxException with everything that is wrong
     */
    @JvmStatic
    @JvmOverloads
    public fun fromYaml(text: String, source: String = "recipe.yaml"): Recipe =
        NodeReader.read(tree(text, source), recipeForm) as Recipe

    /**
     * The recipe that a JSON text describes. It is read as YAML, of which JSON is a part, so that
     * problems have lines and columns.
     *
     * @param source what messages call the text, usually the file's name
     * @throws RecipeSyntaxException with everything that is wrong
     */
    @JvmStatic
    @JvmOverloads
    public fun fromJson(text: String, source: String = "recipe.json"): Recipe =
        fromYaml(text, source)

    /**
     * The recipe in a .yaml, .yml or .json file; messages name the file as it is given here.
     *
     * @throws RecipeSyntaxException with everything that is wrong, a missing file included
     */
    @JvmStatic
    public fun read(file: Path): Recipe {
        if (file.extension.lowercase() !in listOf("yaml", "yml", "json")) {
            throw RecipeSyntaxException("$file", "a recipe as text ends in .yaml, .yml or .json")
        }
        return fromYaml(textOf(file), "$file")
    }

    /**
     * A recipe as YAML that reads back as an equal object.
     *
     * @param full whether defaults are written out too; settings that are null never are
     */
    @JvmStatic
    @JvmOverloads
    public fun toYaml(recipe: Recipe, full: Boolean = false): String =
        YamlPrinter.print(tree(recipe, full))

    /**
     * A recipe as JSON that reads back as an equal object.
     *
     * @param full whether defaults are written out too; settings that are null never are
     */
    @JvmStatic
    @JvmOverloads
    public fun toJson(recipe: Recipe, full: Boolean = false): String =
        printer.encodeToString(JsonObject.serializer(), tree(recipe, full)) + "\n"

    /**
     * Puts problems that were found in a recipe, for instance by `GamePlan.of`, at their places in
     * the text that it was read from: at the setting that a problem's path names, or as near above
     * it as the text goes.
     *
     * @param text YAML or JSON
     * @param source what messages call the text
     */
    @JvmStatic
    public fun placed(e: RecipeException, text: String, source: String): RecipeSyntaxException {
        val root = tree(text, source)
        return RecipeSyntaxException(
            e.problems().map {
                val place = find(root, it.path()).place
                PlacedProblem(source, place?.line, place?.column, it.path(), it.text())
            }
        )
    }

    private fun tree(recipe: Recipe, full: Boolean) =
        jsonTree(recipe, if (full) Detail.FULL else Detail.SHORT)

    private fun tree(text: String, source: String): Node {
        val root = YamlTree.parse(text, source)
        return if (root is Fields) root.only { it != SCHEMA } else root
    }

    private fun find(root: Node, path: String): Node {
        var node = root
        for (key in path.split('.').filter { it.isNotEmpty() }) {
            node =
                when (node) {
                    is Fields -> node.entries[key]
                    is Items -> key.toIntOrNull()?.let(node.items::getOrNull)
                    else -> null
                } ?: return node
        }
        return node
    }

    /** A file's text, or a problem in one line. */
    @JvmSynthetic
    internal fun textOf(file: Path): String =
        try {
            Files.readString(file)
        } catch (e: NoSuchFileException) {
            throw RecipeSyntaxException("$file", "there is no such file").apply { initCause(e) }
        } catch (e: CharacterCodingException) {
            throw RecipeSyntaxException("$file", "is not UTF-8 text").apply { initCause(e) }
        } catch (e: IOException) {
            throw RecipeSyntaxException("$file", "cannot be read: $e").apply { initCause(e) }
        }
}
