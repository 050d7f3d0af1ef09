;;; drive.el --- what an Emacs with Eglot shows of adr-ls, as JSON for test_emacs.py  -*- lexical-binding: t -*-
;;
;;   emacs --batch -q -l drive.el -- INIT REPOSITORY OUT
;;
;; INIT is the documented set-up.  The steps use Eglot, Flymake, Xref and completion as their commands do, in a real Emacs without a
;; terminal; each notes what came of it under a name, and what never comes ends the session.

;;; Code:

(require 'cl-lib)
(require 'json)
(require 'subr-x)

(defvar adr-seen nil "What the session showed, by name.")
(defvar adr-patience 20.0 "Seconds until a step that has not happened is given up; a hang guard, not a measurement.")
(defvar adr-arguments (cdr (member "--" command-line-args)))
(setq command-line-args-left nil
      user-emacs-directory (file-name-as-directory (make-temp-file "adr-emacs-" t))
      native-comp-enable-subr-trampolines nil
      make-backup-files nil auto-save-default nil create-lockfiles nil)

(defun adr-note (name value)
  "Note VALUE under NAME."
  (push (cons name value) adr-seen)
  value)

(defun adr-wait (name look)
  "Note under NAME what LOOK returns as soon as it is something."
  (let ((stop (+ (float-time) adr-patience)) value)
    (while (not (setq value (funcall look)))
      (when (> (float-time) stop)
        (error "Waited in vain for “%s”" name))
      (accept-process-output nil 0.05))
    (adr-note name value)))

(defun adr-open (file)
  "Visit FILE with Eglot managing it."
  (switch-to-buffer (find-file-noselect (expand-file-name file (nth 1 adr-arguments))))
  (unless (eglot-current-server)
    (apply #'eglot--connect (eglot--guess-contact)))
  (adr-wait "managed" #'eglot-managed-p)
  (unless flymake-mode (flymake-mode 1)))

(defun adr-flush ()
  "Send what was typed."
  (eglot--signal-textDocument/didChange))

(defun adr-go (words)
  "Put point into the first place where the buffer has WORDS."
  (goto-char (point-min))
  (search-forward words)
  (goto-char (1+ (match-beginning 0))))

(defun adr-problems ()
  "The texts at the diagnostics with their messages."
  (flymake-start)
  (mapcar (lambda (found)
            (vector (buffer-substring-no-properties (flymake-diagnostic-beg found) (flymake-diagnostic-end found))
                  (substring-no-properties (flymake-diagnostic-text found))))
          (flymake-diagnostics)))

(defun adr-has (text problems)
  "Whether one of PROBLEMS is at TEXT."
  (cl-find text problems :key (lambda (found) (aref found 0)) :test #'equal))

(defun adr-line ()
  "The line at point."
  (buffer-substring-no-properties (line-beginning-position) (line-end-position)))

(defun adr-act (title beg end &optional kind)
  "Do the code action between BEG and END of that KIND whose title holds TITLE, as a user picks it."
  (let ((tick (buffer-chars-modified-tick))
        (last-nonmenu-event ?\r) ; else Eglot would pop up a menu
        picked)
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt table &rest _)
                 (setq picked t)
                 (or (cl-find-if (lambda (one) (string-search title one)) (all-completions "" table))
                     (error "There is no action “%s”, but %S" title (all-completions "" table)))))
              ((symbol-function 'y-or-n-p) #'always)
              ((symbol-function 'yes-or-no-p) #'always))
      (eglot-code-actions beg end kind t))
    (ignore picked)
    (let ((stop (+ (float-time) adr-patience)))
      (while (and (= tick (buffer-chars-modified-tick)) (< (float-time) stop))
        (accept-process-output nil 0.05)))
    (adr-flush)
    (adr-line)))

(defun adr-at (words)
  "Where WORDS stand first, as a pair."
  (adr-go words)
  (cons (match-beginning 0) (match-end 0)))

(defun adr-steps ()
  "The session."
  (adr-open "docs/adr/004-berth-planner.md")
  (adr-note "client"
            (vector (plist-get (eglot--server-info (eglot-current-server)) :name)
                  (or (plist-get (eglot--capabilities (eglot-current-server)) :positionEncoding) "utf-16")
                  (file-name-nondirectory (directory-file-name (project-root (eglot--project (eglot-current-server)))))))
  (adr-wait "diagnostics"
            (lambda () (let ((found (adr-problems))) (and (adr-has "ADR-009" found) (adr-has "Acepted" found) (vconcat found)))))
  ;; Behind an emoji
  (adr-go "ADR-003")
  (let (hover)
    (adr-wait "hover" (lambda ()
                        (unless hover
                          (eglot-hover-eldoc-function (lambda (text &rest _) (when text (setq hover (substring-no-properties text)))))
                          (accept-process-output nil 0.2))
                        hover)))
  (let ((inhibit-message t))
    (xref-find-definitions (xref-backend-identifier-at-point 'eglot)))
  (adr-wait "definition" (lambda () (and (string-suffix-p "003-tide-forecast.md" (buffer-file-name))
                                         (vector (file-name-nondirectory (buffer-file-name)) (line-number-at-pos)))))
  (adr-open "docs/adr/004-berth-planner.md")
  (adr-go "ADR-003")
  (adr-wait "references"
            (lambda ()
              (cl-map 'vector (lambda (item)
                        (vector (file-name-nondirectory (xref-location-group (xref-item-location item)))
                              (xref-location-line (xref-item-location item))))
                      (xref-backend-references 'eglot (xref-backend-identifier-at-point 'eglot)))))
  (adr-wait "symbols"
            (lambda ()
              (cl-map 'vector (lambda (item) (substring-no-properties (xref-item-summary item)))
                      (xref-backend-apropos 'eglot "team 2025-04"))))
  (adr-note "rename offered" (if (eglot--server-capable :renameProvider) t :false))
  ;; Completion while typing behind an emoji
  (adr-open "docs/adr/005-operator-view.md")
  (adr-go "Operators plan")
  (end-of-line)
  (insert "\n🐙 See ADR-")
  (adr-flush)
  (let (capf)
    (adr-wait "completion"
              (lambda ()
                (setq capf (eglot-completion-at-point))
                (let ((found (and capf (all-completions "" (nth 2 capf)))))
                  (and found (vconcat (mapcar #'substring-no-properties found))))))
    (let ((chosen (cl-find "ADR-001" (all-completions "" (nth 2 capf)) :test #'equal))
          (done (plist-get (nthcdr 3 capf) :exit-function)))
      (delete-region (nth 0 capf) (nth 1 capf))
      (goto-char (nth 0 capf))
      (insert (substring-no-properties chosen))
      (when done (funcall done chosen 'finished)))
    (adr-flush)
    (adr-note "accepted" (adr-line)))
  ;; Fixes, one of them behind an emoji
  (adr-wait "diagnostics of a link" (lambda () (and (adr-has "./002-positon-store.md" (adr-problems)) t)))
  (let ((place (adr-at "./002-positon-store.md")))
    (adr-note "fixed link" (adr-act "Link to ADR-002" (car place) (cdr place) "quickfix")))
  (save-buffer)
  (adr-open "docs/adr/004-berth-planner.md")
  (let ((place (adr-at "Acepted")))
    (adr-note "fixed status" (adr-act "Accepted" (car place) (cdr place) "quickfix")))
  (save-buffer)
  (adr-open "docs/adr/README.md")
  (adr-wait "index diagnostics" (lambda () (let ((found (adr-problems))) (and (cdr found) (vconcat found)))))
  (adr-act "Update the ADR index" (point-min) (point-max) "source.updateIndex.adr-ls")
  (adr-note "index" (buffer-substring-no-properties (point-min) (point-max)))
  (save-buffer)
  ;; What the documentation adds
  (adr-open "docs/adr/004-berth-planner.md")
  (adr-new "Quay 🐙 lights")
  (adr-wait "new record"
            (lambda () (and (buffer-file-name) (string-search "006" (buffer-file-name)) (> (buffer-size) 0)
                            (vector (file-name-nondirectory (buffer-file-name)) (line-number-at-pos)
                                  (buffer-substring-no-properties (point-min) (point-max))))))
  (adr-open (buffer-file-name))
  (adr-wait "card" (lambda () (plist-get (jsonrpc-request (eglot-current-server) :adr-ls/record
                                                          (list :textDocument (eglot--TextDocumentIdentifier)))
                                         :id)))
  (let ((place (adr-at "Proposed")))
    (adr-note "changed status" (adr-act "“Accepted”" (car place) (car place) "refactor.rewrite")))
  (save-buffer)
  ;; Another title for a record
  (adr-open "docs/adr/002-position-store.md")
  (adr-go "Position Store")
  (cl-letf (((symbol-function 'y-or-n-p) #'always))
    (eglot-rename "Position Archive"))
  (goto-char (point-min))
  (adr-note "renamed" (adr-line))
  (save-some-buffers t))

(condition-case failure
    (progn
      (package-initialize)
      (require 'markdown-mode)
      (require 'eglot)
      (require 'flymake)
      (require 'xref)
      (load (expand-file-name (nth 0 adr-arguments)) nil t)
      (setq eglot-sync-connect 30 eglot-send-changes-idle-time 0.1 eglot-confirm-server-edits nil
            eglot-confirm-server-initiated-edits nil)
      (let ((inhibit-message t)) (adr-steps)))
  (error (adr-note "failure" (error-message-string failure))))

(when-let* ((server (ignore-errors (eglot-current-server)))
            (process (jsonrpc--process server)))
  (ignore-errors (eglot-shutdown server nil 5))
  (let ((stop (+ (float-time) adr-patience)))
    (while (and (process-live-p process) (< (float-time) stop))
      (accept-process-output nil 0.05)))
  (adr-note "server left" (if (process-live-p process) :false t)))

(adr-note "version" emacs-version)
(let ((coding-system-for-write 'utf-8-unix)
      (json-encoding-pretty-print nil))
  (with-temp-file (nth 2 adr-arguments)
    (insert (json-encode (mapcar (lambda (pair) (cons (car pair) (let ((value (cdr pair))) (if (eq value :false) json-false value)))) adr-seen)))))
(delete-directory user-emacs-directory t)

;;; drive.el ends here
