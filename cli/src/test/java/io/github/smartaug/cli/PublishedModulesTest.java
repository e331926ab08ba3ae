package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the files {@code pom.xml} say to those who publish and use the artifacts. */
class PublishedModulesTest {
  private static final String BOM = "bom";

  @Test
  void the_bom_names_each_module_that_is_published_and_no_other() {
    assertThat(texts(pom(BOM), "/project/dependencyManagement/dependencies/dependency/artifactId"))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            published()
                .filter(module -> !module.equals(BOM))
                .map(PublishedModulesTest::artifact)
                .toList());
  }

  @ParameterizedTest
  @MethodSource("published")
  void a_published_module_has_a_name_and_a_description_of_its_own(String module) {
    for (String element : List.of("name", "description")) {
      assertThat(texts(pom(module), "/project/" + element))
          .as(element)
          .singleElement()
          .asString()
          .isNotBlank();
    }
  }

  /** What Maven Central asks for and modules inherit. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "url",
        "licenses/license/name",
        "licenses/license/url",
        "developers/developer/name",
        "scm/connection",
        "scm/developerConnection",
        "scm/url"
      })
  void the_parent_says_where_the_project_is_whose_it_is_and_under_which_licence(String element) {
    assertThat(texts(pom("."), "/project/" + element))
        .singleElement()
        .asString()
        .isNotBlank()
        .doesNotContain("$");
  }

  /** Modules of every build that are not kept from being deployed. */
  static Stream<String> published() {
    List<String> modules = texts(pom("."), "/project/modules/module");
    return modules.stream()
        .filter(module -> !texts(pom(module), "//maven.deploy.skip").contains("true"));
  }

  private static String artifact(String module) {
    return texts(pom(module), "/project/artifactId").get(0);
  }

  private static Document pom(String module) {
    Path file = ProjectFiles.ROOT.resolve(module).resolve("pom.xml");
    try {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    } catch (IOException | ParserConfigurationException | SAXException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  private static List<String> texts(Document pom, String path) {
    try {
      NodeList nodes =
          (NodeList)
              XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
      return IntStream.range(0, nodes.getLength())
          .mapToObj(i -> nodes.item(i).getTextContent().trim())
          .toList();
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(path, e);
    }
  }
}
