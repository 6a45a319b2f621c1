/** What a newcomer finds in GraphiQL. */
export const defaultQuery = `# Welcome to the AI Ops Assistant.
#
# 1. Nobody here yet? The server printed a setup token when it started: run FirstAdmin with it.
#    Otherwise run SignIn.
# 2. Copy the accessToken into the Headers tab below:
#      { "Authorization": "Bearer PASTE-IT-HERE" }
# 3. Run Submit, then Summary with the id you got.

mutation FirstAdmin {
  createFirstAdmin(input: { setupToken: "", email: "you@example.com", name: "You", password: "" }) {
    session { accessToken refreshToken }
    userErrors { code message field }
  }
}

mutation SignIn {
  signIn(input: { email: "you@example.com", password: "" }) {
    session { accessToken refreshToken }
    userErrors { code message field }
  }
}

mutation Submit {
  submitLog(input: { title: "Hello", text: "12:00:01 INFO started\\n12:00:02 ERROR connection refused to db:5432\\n" }) {
    log { id status }
    userErrors { code message field }
  }
}

query Summary($id: ID! = "log_…") {
  logSummary(logId: $id) {
    status
    headline
    severity
    whatIsGoingOn { text evidence { lines { from to } quote } }
    nextSteps { text }
    digest { ledger { lines } patterns(first: 5) { id template count level } }
  }
}
`;
