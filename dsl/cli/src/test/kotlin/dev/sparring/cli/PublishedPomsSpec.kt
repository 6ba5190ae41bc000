package dev.sparring.cli

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import javax.xml.parsers.DocumentBuilderFactory
import kotlin.io.path.Path
import kotlin.io.path.readText
import org.w3c.dom.Element

private val ROOT = Path("../..")

private fun pom(module: String): Element =
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(ROOT.resolve(module).resolve("pom.xml").toFile())
        .documentElement

private fun Element.children(name: String): List<Element> =
    (0 until childNodes.length)
        .map { childNodes.item(it) }
        .filterIsInstance<Element>()
        .filter { it.tagName == name }

private fun Element.child(vararg path: String): Element? =
    path.fold(this as Element?) { e, name -> e?.children(name)?.singleOrNull() }

private fun Element.text(vararg path: String): String? = child(*path)?.textContent?.trim()

/** What other builds read of the modules' poms. */
class PublishedPomsSpec :
    FreeSpec({
        val root = pom("")
        val bom = pom("lib/bom")
        val modules = root.child("modules")!!.children("module").map { it.textContent }
        val published =
            modules.filter {
                it != "lib/bom" && pom(it).text("properties", "maven.deploy.skip") != "true"
            }

        "the BOM lists what is published, and nothing else" {
            val listed = bom.child("dependencyManagement", "dependencies")!!.children("dependency")
            listed.map { it.text("version") }.distinct() shouldBe listOf("\${project.version}")
            listed.map { it.text("artifactId") } shouldContainExactlyInAnyOrder
                published.map { pom(it).text("artifactId") }
        }

        "all have one version" {
            val version = bom.text("version")
            (listOf("") + modules - "lib/bom")
                .map { pom(it).text("parent", "version") }
                .distinct() shouldBe listOf(version)
        }

        "each published module has a name among Java's modules" {
            val names = published.map { pom(it).text("properties", "module.name") }
            names.filter { it?.startsWith("dev.sparring.") != true } shouldBe emptyList()
            names.distinct().size shouldBe published.size
        }

        "the README names the version" {
            val readme = ROOT.resolve("README.md").readText()
            val versions =
                Regex("""sparring-[a-z0-9]+(?:</artifactId>\s*<version>|:)([0-9][^"<\s]*)""")
                    .findAll(readme)
                    .map { it.groupValues[1] }
            versions.toSet() shouldBe setOf(bom.text("version"))
        }

        // Gradle reads of profiles only those that are active by default; Maven leaves these out
        // where another one is active, as natives-of-this-platform always is.
        for (module in listOf("lib/torch", "lib/nd4j")) {
            "$module brings Gradle the native halves of every platform" {
                val profiles = pom(module).child("profiles")!!.children("profile")
                val default = profiles.single { it.text("activation", "activeByDefault") == "true" }
                val always = profiles.single { it.text("activation", "jdk") != null }
                val natives =
                    default.child("dependencies")!!.children("dependency").groupBy {
                        it.text("artifactId")
                    }
                val platforms = setOf("linux-x86_64", "macosx-arm64", "windows-x86_64")
                for ((artifact, dependencies) in natives) {
                    val classifiers = dependencies.map { it.text("classifier")!! }
                    classifiers.map { it.removeSuffix("-onednn-avx2") }.toSet() to
                        artifact shouldBe
                        (platforms to artifact)
                    dependencies.filter { it.text("version") == null } shouldBe emptyList()
                }
                natives.size shouldBe always.child("dependencies")!!.children("dependency").size
                val plain = pom(module).child("dependencies")!!.children("dependency")
                plain.mapNotNull { it.text("classifier") } shouldBe emptyList()
            }
        }
    })
