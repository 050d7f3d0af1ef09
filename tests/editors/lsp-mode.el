;;; lsp-mode.el --- what an Emacs with lsp-mode shows of adr-ls, as JSON for test_emacs.py  -*- lexical-binding: t -*-
;;
;;   emacs --batch -q -l lsp-mode.el -- INIT REPOSITORY OUT

;;; Code:

(require 'cl-lib)
(require 'json)

(defvar adr-arguments (cdr (member "--" command-line-args)))
(defvar adr-seen nil "What the session showed, by name.")
(setq command-line-args-left nil
      user-emacs-directory (file-name-as-directory (make-temp-file "adr-emacs-" t))
      make-backup-files nil auto-save-default nil create-lockfiles nil)

(defun adr-note (name value)
  "Note VALUE under NAME."
  (push (cons name value) adr-seen)
  value)

(defun adr-wait (name look)
  "Note under NAME what LOOK returns as soon as it is something."
  (let ((stop (+ (float-time) 20)) value)
    (while (not (setq value (funcall look)))
      (when (> (float-time) stop) (error "Waited in vain for “%s”" name))
      (accept-process-output nil 0.05))
    (adr-note name value)))

(defun adr-go (words)
  "Put point into the first place where the buffer has WORDS."
  (goto-char (point-min))
  (search-forward words)
  (goto-char (1+ (match-beginning 0))))

(condition-case failure
    (let ((inhibit-message t))
      (package-initialize)
      (require 'markdown-mode)
      (load (expand-file-name (nth 0 adr-arguments)) nil t)
      (setq lsp-session-file (expand-file-name "session" user-emacs-directory)
            lsp-auto-guess-root t lsp-enable-file-watchers nil)
      (require 'lsp-mode)
      (lsp-workspace-folders-add (nth 1 adr-arguments))
      (find-file (expand-file-name "docs/adr/004-berth-planner.md" (nth 1 adr-arguments)))
      (lsp)
      (adr-wait "diagnostics"
                (lambda ()
                  (let ((found (append (gethash (buffer-file-name) (lsp-diagnostics)) nil)))
                    (and (cl-find "reference-unknown" found :key #'lsp:diagnostic-code? :test #'equal)
                         (vconcat (mapcar #'lsp:diagnostic-code? found))))))
      (adr-go "ADR-003")
      (adr-note "hover" (lsp--render-on-hover-content (lsp:hover-contents (lsp-request "textDocument/hover" (lsp--text-document-position-params))) t))
      (lsp-find-definition)
      (adr-wait "definition" (lambda () (and (string-suffix-p "003-tide-forecast.md" (buffer-file-name)) (line-number-at-pos))))
      (find-file (expand-file-name "docs/adr/004-berth-planner.md" (nth 1 adr-arguments)))
      (adr-go "Acepted")
      (lsp-execute-code-action
       (cl-find "Change to “Accepted”" (append (lsp-code-actions-at-point) nil) :key #'lsp:code-action-title :test #'equal))
      (adr-wait "fixed status" (lambda () (let ((line (buffer-substring-no-properties (line-beginning-position) (line-end-position))))
                                            (and (not (string-search "Acepted" line)) line)))))
  (error (adr-note "failure" (error-message-string failure))))

(with-temp-file (nth 2 adr-arguments)
  (insert (json-encode adr-seen)))
(delete-directory user-emacs-directory t)

;;; lsp-mode.el ends here
