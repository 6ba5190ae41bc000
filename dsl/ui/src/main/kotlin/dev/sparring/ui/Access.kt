package dev.sparring.ui

import io.ktor.http.HttpHeaders
import io.ktor.http.HttpMethod
import io.ktor.http.HttpStatusCode
import io.ktor.server.application.ApplicationCall
import io.ktor.server.request.header
import io.ktor.server.request.httpMethod
import io.ktor.server.request.path
import io.ktor.server.response.header
import java.net.InetAddress
import java.security.MessageDigest
import java.security.SecureRandom
import java.util.Base64

/**
 * Who may see the pages: who knows the token in the address, and comes by a name of this machine. A
 * page of a stranger can send a browser here, and by a name of its own that leads here (DNS
 * rebinding) could read the answers; it knows no token, and that name is refused.
 *
 * @param host where the server listens
 */
internal class Access(private val host: String, val token: String = newToken()) {
    private val isLoopback = isLoopback(host)

    /** Why the request is refused; null if it is not. */
    fun refusal(call: ApplicationCall): Refusal? {
        val names = call.request.headers.getAll(HttpHeaders.Host).orEmpty()
        return when {
            names.size != 1 || !isOurs(names.single()) ->
                Refusal(HttpStatusCode.Forbidden, "this name is none of this server's")
            !isToken(call.request.path().split('/').getOrElse(1) { "" }) ->
                Refusal(
                    HttpStatusCode.Forbidden,
                    "the address lacks the token that sparring ui printed",
                )
            call.request.httpMethod != HttpMethod.Get ->
                Refusal(HttpStatusCode.MethodNotAllowed, "these pages only show")
            call.request.header("Sec-Fetch-Site") == "cross-site" &&
                call.request.header("Sec-Fetch-Mode") != "navigate" ->
                Refusal(HttpStatusCode.Forbidden, "another site asks")
            else -> null
        }
    }

    /** In the same time for all wrong ones. */
    private fun isToken(given: String) =
        MessageDigest.isEqual(given.toByteArray(), token.toByteArray())

    /** Numbers are no names, so they cannot lead elsewhere. */
    private fun isOurs(header: String): Boolean {
        val name = header.replace(PORT, "").lowercase()
        if (name in LOOPBACK || name == host.lowercase()) return true
        if (isLoopback) return false
        return IP4.matches(name) || name.startsWith("[") || name == machine()
    }

    private fun machine(): String? =
        try {
            InetAddress.getLocalHost().hostName.lowercase()
        } catch (_: java.net.UnknownHostException) {
            null
        }

    /**
     * What every answer says to the browser: load only from here, tell no other page, keep nothing.
     */
    fun protect(call: ApplicationCall) {
        HEADERS.forEach { (name, value) -> call.response.header(name, value) }
    }

    internal class Refusal(val status: HttpStatusCode, val reason: String)

    companion object {
        private val PORT = Regex(":\\d{1,5}$")
        private val IP4 = Regex("\\d{1,3}(\\.\\d{1,3}){3}")
        private val LOOPBACK = setOf("127.0.0.1", "localhost", "[::1]")
        private const val TOKEN_BYTES = 18
        private val HEADERS =
            mapOf(
                "Content-Security-Policy" to
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; " +
                        "connect-src 'self'; base-uri 'none'; form-action 'none'; " +
                        "frame-ancestors 'none'",
                HttpHeaders.CacheControl to "no-store",
                "X-Content-Type-Options" to "nosniff",
                "Referrer-Policy" to "no-referrer",
                "Cross-Origin-Resource-Policy" to "same-origin",
                "Cross-Origin-Opener-Policy" to "same-origin",
            )

        /** Whether only this machine reaches that address. */
        fun isLoopback(host: String): Boolean =
            host in setOf("localhost", "::1", "[::1]") ||
                host.startsWith("127.") && IP4.matches(host)

        /** 144 random bits, so that it is not guessed. */
        fun newToken(): String {
            val bytes = ByteArray(TOKEN_BYTES).also(SecureRandom()::nextBytes)
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
        }
    }
}
