// Puts the snippets of the README's "Embed" where a reader would put them.
String text = new File(readme as String).getText('UTF-8')
int start = text.indexOf('\n## Embed\n')
assert start >= 0 : 'the README has no section "Embed"'
String section = text.substring(start + 1)
section = section.substring(0, section.indexOf('\n## '))

List<String> snippets(String section, String language, String mark) {
  def found = (section =~ /(?s)```${language}\n(.*?)```/).collect { it[1] as String }.findAll { it.contains(mark) }
  assert found.size() == 1 : "expected one ${language} snippet with '${mark}' in Embed, got ${found.size()}"
  return found
}

def write = { String path, String content ->
  File file = new File(basedir, path)
  file.parentFile.mkdirs()
  file.setText(content, 'UTF-8')
}

File pom = new File(basedir, 'pom.xml')
pom.setText(pom.getText('UTF-8').replace('<!-- README -->', snippets(section, 'xml', '<dependencies>')[0]), 'UTF-8')
write('src/main/java/Embed.java', snippets(section, 'java', 'public class Embed')[0])
write('src/main/kotlin/Embed.kt', snippets(section, 'kotlin', 'fun main()')[0])
write('session.jsh', snippets(section, 'java', 'trained in JShell')[0] + '/exit\n')
return true
