package dev.sparring.cli

import dev.sparring.cli.cache.CacheKind
import dev.sparring.cli.cache.UnpackedNatives
import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Files
import java.nio.file.LinkOption.NOFOLLOW_LINKS
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.createFile
import kotlin.io.path.createParentDirectories
import kotlin.io.path.createSymbolicLinkPointingTo
import kotlin.io.path.exists
import kotlin.io.path.name
import kotlin.io.path.writeBytes

@EnabledIf(NotOnWindows::class)
class CacheSpec :
    FreeSpec({
        val bench = workbench()
        val base = bench.path("xdg/sparring")
        val natives = bench.path("javacpp")
        val hash = "0123456789abcdef".repeat(4)
        val jar =
            System.getProperty("java.class.path")
                .split(':')
                .first { it.endsWith(".jar") }
                .let { Path.of(it).name }

        fun file(path: Path, size: Int = 1000) =
            path.createParentDirectories().apply { writeBytes(ByteArray(size)) }

        /** In place of the user's caches. */
        fun cache(vararg words: String): Outcome {
            bench.environment = mapOf("XDG_CACHE_HOME" to "${bench.path("xdg")}")
            val before: String? = System.getProperty(CACHE_DIR)
            System.setProperty(CACHE_DIR, "$natives")
            try {
                return bench.sparring("cache", *words)
            } finally {
                if (before == null) System.clearProperty(CACHE_DIR)
                else System.setProperty(CACHE_DIR, before)
            }
        }

        "nothing is nothing" {
            val shown = cache()
            shown.code shouldBe 0
            shown.err shouldBe ""
            shown.out shouldStartWith "kind         files   MB  folder"
            shown.out shouldContain "classifiers      0  0.0  $base/classifiers"
            cache("clear").out shouldStartWith
                "classifiers: removed 0 files, 0.0 MB, of $base/classifiers\n"
            base.exists() shouldBe false
        }

        "each kind is counted, and cleared without the others" {
            val outside = file(bench.path("outside/important.safetensors"))
            val own =
                listOf(
                    file(base.resolve("classifiers/cnn-1-abc.safetensors"), 2_000_000),
                    file(base.resolve("features/$hash.features")),
                    file(base.resolve("images/$hash.images"), 700_000),
                    file(base.resolve("scripts/$hash.jar")),
                    file(base.resolve("classes/recipes-17-1234567890.jsa"), 400_000),
                    file(base.resolve("fashion-mnist/train-images-idx3-ubyte.gz")),
                    file(natives.resolve("$jar/org/lib.so"), 300_000),
                )
            val dead = ProcessBuilder("true").start().apply { waitFor() }.pid()
            val left = file(base.resolve("features/.$hash.features.$dead.part"))
            val busy =
                file(base.resolve("features/.$hash.features.${ProcessHandle.current().pid()}.part"))
            val note = file(base.resolve("classifiers/notes.txt"))
            val lock = base.resolve("classifiers/cnn-1-abc.safetensors.lock").createFile()
            val link = base.resolve("scripts/${hash.reversed()}.jar")
            link.createSymbolicLinkPointingTo(outside)
            val inner = natives.resolve("$jar/org/lib.so.1").createSymbolicLinkPointingTo(outside)
            val foreign = file(natives.resolve("another-1.0.jar/org/lib.so"))
            val empty = natives.resolve("another-1.0.jar/empty").createDirectories()

            val shown = cache()
            shown.out
                .lines()
                .drop(1)
                .filter { it.isNotEmpty() }
                .map { it.split(Regex(" +")).take(3).joinToString(" ") } shouldBe
                listOf(
                    "classifiers 1 2.0",
                    "features 2 0.0",
                    "images 1 0.7",
                    "scripts 1 0.0",
                    "classes 1 0.4",
                    "data 1 0.0",
                    "natives 2 0.3",
                )
            shown.err.lines().filter { it.isNotEmpty() } shouldContainExactlyInAnyOrder
                listOf(
                    "$base/classifiers: has also 1 file, 0.0 MB, of others, which stay",
                    "$base/features: has also 1 file, 0.0 MB, of others, which stay",
                    "$base/scripts: has also 1 file, 0.0 MB, of others, which stay",
                    "$natives: has also 1 file, 0.0 MB, of others, which stay",
                )

            cache("clear", "classifiers").out shouldBe
                "classifiers: removed 1 file, 2.0 MB, of $base/classifiers\n"
            own.count { it.exists() } shouldBe own.size - 1

            val cleared = cache("clear", "--quiet")
            cleared.code shouldBe 0
            cleared.err shouldBe ""
            cleared.out.lines().takeLast(2) shouldBe
                listOf("natives: removed 2 files, 0.3 MB, of $natives", "")
            own.none { it.exists() } shouldBe true
            left.exists() shouldBe false
            inner.exists(NOFOLLOW_LINKS) shouldBe false
            natives.resolve(jar).exists() shouldBe false
            for (kept in listOf(outside, busy, note, lock, link, foreign, empty)) {
                kept.exists(NOFOLLOW_LINKS) shouldBe true
            }
        }

        "a kind's folder that is a link is not followed" {
            val elsewhere = file(bench.path("elsewhere/$hash.features"))
            val folder = base.resolve("features")
            folder.toFile().deleteRecursively()
            folder.createSymbolicLinkPointingTo(elsewhere.parent)
            val cleared = cache("clear", "features")
            cleared shouldBe
                Outcome(
                    0,
                    "features: removed 0 files, 0.0 MB, of $folder\n",
                    "$folder: is a link, which is not followed\n",
                )
            elsewhere.exists() shouldBe true
        }

        "the cache itself may be elsewhere" {
            val there = file(bench.path("there/scripts/$hash.jar"))
            val moved = mapOf("XDG_CACHE_HOME" to "${bench.path("linked").createDirectories()}")
            bench.path("linked/sparring").createSymbolicLinkPointingTo(there.parent.parent)
            CacheKind.SCRIPTS.open(moved).own().map { Files.isSameFile(it, there) } shouldBe
                listOf(true)
        }

        "JavaCPP's place is its own" {
            val before: String? = System.getProperty(CACHE_DIR)
            System.clearProperty(CACHE_DIR)
            UnpackedNatives.standardFolder() shouldBe
                Path.of(System.getProperty("user.home"), ".javacpp/cache")
            before?.let { System.setProperty(CACHE_DIR, it) }
        }

        "other words are refused" {
            cache("cler").err shouldStartWith
                "sparring: clear: expected clear, got 'cler'; did you mean 'clear'?"
            cache("clear", "script").err shouldStartWith
                "sparring: KIND: expected classifiers or features or images or scripts or classes or data or " +
                    "natives, got 'script'; did you mean 'scripts'?"
        }
    })

private const val CACHE_DIR = "org.bytedeco.javacpp.cachedir"
